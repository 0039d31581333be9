// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "config/reading/notes.hpp"
#include "config/reading/spot.hpp"

namespace otelctl::config::reading {

// A map of which it is known which keys it may have. What has others, or is no map, is noted when
// the reader is made. Of a key that is there twice, which YAML's own check reports, the last
// counts.
class MapReader {
 public:
  // `keys` must outlive the reader, and the reader what it gives out.
  MapReader(Notes& notes, const Spot& spot, std::span<const std::string_view> keys);
  ~MapReader() = default;
  MapReader(const MapReader&) = delete;
  MapReader& operator=(const MapReader&) = delete;

  bool is_map() const { return m_is_map; }
  // Whether a key of it was noted, which then probably is what is missing.
  bool has_unknown() const { return !m_unknown.empty(); }
  const Spot& spot() const { return m_spot; }

  // The value of a key, if it is there.
  std::optional<Spot> find(std::string_view key) const;
  // The same, but it must be there; `help` says what to add. An unknown key that was answered with
  // this one stands for it: one finding is enough.
  std::optional<Spot> require(std::string_view key, std::string_view help) const;

 private:
  void match(const yaml::Document::Entry& entry);
  bool is_misspelt(std::string_view key) const;

  Notes& m_notes;
  Spot m_spot;
  std::span<const std::string_view> m_keys;
  std::vector<std::optional<Spot>> m_values;  // beside m_keys
  bool m_is_map;
  std::vector<std::string> m_unknown;
};

// The entries of a map with keys of the file's own, such as attributes; none where it is no map or
// a key is no text, which is noted.
std::vector<Spot> entries_of(Notes& notes, const Spot& spot);

// The items of a list; none where it is no list or has fewer than `least` or more than `most`,
// which is noted.
std::vector<Spot> items_of(Notes& notes, const Spot& spot, std::size_t least, std::size_t most);

// "give it a list, or leave the key out": the latter only where it may be.
std::string advice_to_give(const Spot& spot, std::string_view wanted);

// "expected a map, found text 'x'".
void note_wrong_kind(Notes& notes, const Spot& spot, std::string_view wanted,
                     std::string_view help = {});

}  // namespace otelctl::config::reading
