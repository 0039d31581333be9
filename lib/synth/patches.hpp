// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "synth/fragment.hpp"

namespace otelctl::synth {

// Some bytes of a template, from a span's first to a span's last.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_all = true;  // which spares a search
};

// Those of `places`, which are in the order of their offsets, that lie in the range.
template <typename Place>
std::span<const Place> within(const std::vector<Place>& places, const ByteRange& range) {
  if (range.is_all) {
    return places;
  }
  const auto is_before = [](const Place& place, std::size_t offset) {
    return place.offset < offset;
  };
  const auto first = std::lower_bound(places.begin(), places.end(), range.begin, is_before);
  return {first, std::lower_bound(first, places.end(), range.end, is_before)};
}

// The places of a template where numbers go, grouped by how they are written. Most numbers are
// short, and a store of a few bytes cannot be had without a branch for each length: so whole words
// are written, which hold what follows the number too. It must be nothing that is patched itself,
// for 3 bytes (a number's attribute is followed by a tag, a length and another tag, or by the
// span's flags).
class ValuePatches {
 public:
  ValuePatches() = default;
  // `patches` of kind number, real or digits, in order; `bytes` is the whole template.
  ValuePatches(const std::vector<Patch>& patches, std::string_view bytes);

  // `at` is where range.begin lies.
  void put(const ByteRange& range, const std::uint64_t* numbers, char* at) const;

 private:
  template <typename Word>
  struct InWord {
    std::uint32_t offset;
    std::uint32_t source;
    unsigned width;
    Word rest;  // the word without the number
  };
  struct Long {
    std::uint32_t offset;
    std::uint32_t source;
    unsigned width;
  };
  using Short = InWord<std::uint32_t>;   // up to 4 bytes
  using Middle = InWord<std::uint64_t>;  // up to 8 bytes

  void add(const Patch& patch, std::string_view bytes);

  std::vector<Short> m_short_varints;
  std::vector<Middle> m_middle_varints;
  std::vector<Long> m_long_varints;
  std::vector<Long> m_reals;
  std::vector<Short> m_short_digits;
  std::vector<Middle> m_middle_digits;
  std::vector<Long> m_long_digits;
};

// The last 8 decimal digits of a number as a word of characters, the first in its lowest byte.
std::uint64_t digits_of(std::uint64_t number);

}  // namespace otelctl::synth
