// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scenario/reading.hpp"

namespace otelctl::scenario {

// The names by which parts of the file refer to others of one sort.
class Names {
 public:
  // `noun` is what messages call one: "span".
  explicit Names(std::string_view noun) : m_noun(noun) {}

  // A name that is there already is noted, and stays what it was.
  void add(Notes& notes, const Spot& spot, std::string_view name, std::size_t index);
  // A name that several may have, and that gives way to one that was added. It can be found as long
  // as only one has it.
  void add_weak(std::string_view name, yaml::NodeId node, std::size_t index);
  // What the text at `spot` refers to; nothing, and a note, for what is not there or not clear.
  std::optional<std::size_t> find(Notes& notes, const Spot& spot);
  std::optional<std::size_t> find(std::string_view name) const;

  // What to do about a name that is not there.
  std::string help_for(std::string_view name);

 private:
  struct Entry {
    std::size_t index;
    yaml::NodeId node;
    bool is_weak = false;
    bool is_ambiguous = false;
  };

  void suggest(std::string_view name);

  std::string_view m_noun;
  std::unordered_map<std::string_view, Entry> m_entries;  // the texts are the document's
  // For suggestions: not more than a person's file has, and not for more misses than are shown.
  std::vector<std::string> m_candidates;
  std::size_t m_suggestions_left = 50;
};

}  // namespace otelctl::scenario
