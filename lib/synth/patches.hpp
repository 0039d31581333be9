// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "synth/fetch.hpp"
#include "synth/fragment.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {

// All of a template. The encoder's loops exist once for this and once for a part: asking in each of
// them which it is cost 5 %.
struct WholeRange {
  static constexpr std::size_t begin = 0;  // NOLINT(readability-identifier-naming): as PartRange
};
// Some of it, from a span's first byte to a span's last.
struct PartRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Those of `places`, which are in the order of their offsets, that lie in the range.
template <typename Place>
std::span<const Place> within(const std::vector<Place>& places, WholeRange /*range*/) {
  return places;
}
template <typename Place>
std::span<const Place> within(const std::vector<Place>& places, const PartRange& range) {
  const auto is_before = [](const Place& place, std::size_t offset) {
    return place.offset < offset;
  };
  const auto first = std::lower_bound(places.begin(), places.end(), range.begin, is_before);
  return {first, std::lower_bound(first, places.end(), range.end, is_before)};
}

// Where a number goes that is up to as long as a word: the word is written whole.
template <typename Word>
struct WordPatch {
  std::uint32_t offset;
  std::uint32_t source;
  Word rest;  // the word without the number
};

// The last 8 decimal digits of a number as a word of characters, the first in its lowest byte: two
// digits of each four, then one of each two, side by side.
inline std::uint64_t digits_of(std::uint64_t number) {
  const std::uint64_t eight = number < 100'000'000 ? number : number % 100'000'000;
  const std::uint64_t fours = eight / 10'000 | (eight % 10'000) << 32U;
  // x * 10486 >> 20 is x / 100 for all x below 10,000, and x * 103 >> 10 is x / 10 below 100.
  const std::uint64_t hundreds = ((fours * 10'486) >> 20U) & 0x0000007F0000007FU;
  const std::uint64_t twos = hundreds | (fours - 100 * hundreds) << 16U;
  const std::uint64_t tens = ((twos * 103) >> 10U) & 0x000F000F000F000FU;
  return (tens | (twos - 10 * tens) << 8U) + 0x3030303030303030U;
}

// Where the same digits of one number go. A counter often stands on every span: its digits are made
// once for all of them (9 % where each span has one).
template <typename Word>
struct DigitsPatch {
  struct Place {
    std::uint32_t offset;
    Word rest;  // the word without the digits
  };

  std::uint32_t source;
  unsigned shift;             // what drops the digits before them
  std::vector<Place> places;  // in order
};

// The places of a template where numbers go. Most numbers are short varints, and a store of a few
// bytes cannot be had without a branch for each length: so whole words are written, which hold what
// follows the number too. It must be nothing that is patched itself, for 3 bytes (a number's
// attribute is followed by a tag, a length and another tag, or by the span's flags).
class ValuePatches {
 public:
  ValuePatches() = default;
  // `patches` of kind number, real or digits, in order; `bytes` is the whole template.
  ValuePatches(const std::vector<Patch>& patches, std::string_view bytes);

  // Where reading begins, for a put that comes soon.
  void fetch() const {
    synth::fetch(m_short.data());
    synth::fetch(m_middle.data());
    synth::fetch(m_few_digits.data());
    synth::fetch(m_digits.data());
  }

  // `at` is where range.begin lies.
  template <typename Range>
  void put(const Range& range, const std::uint64_t* numbers, char* at) const {
    for (const WordPatch<std::uint32_t>& patch : within(m_short, range)) {
      const auto number = static_cast<std::uint32_t>(numbers[patch.source]);
      put_fixed32(at + (patch.offset - range.begin), varint_groups(number) | patch.rest);
    }
    for (const WordPatch<std::uint64_t>& patch : within(m_middle, range)) {
      put_fixed64(at + (patch.offset - range.begin),
                  varint_groups(numbers[patch.source]) | patch.rest);
    }
    for (const RealPatch& patch : within(m_reals, range)) {
      put_fixed64(at + (patch.offset - range.begin), numbers[patch.source]);
    }
    for (const auto& patch : m_few_digits) {
      put_digits(patch, range, numbers, at);
    }
    for (const auto& patch : m_digits) {
      put_digits(patch, range, numbers, at);
    }
    for (const Patch& patch : within(m_others, range)) {
      put_other(patch, numbers[patch.source], at + (patch.offset - range.begin));
    }
  }

 private:
  struct RealPatch {
    std::uint32_t offset;
    std::uint32_t source;
  };

  template <typename Word, typename Range>
  static void put_digits(const DigitsPatch<Word>& patch, const Range& range,
                         const std::uint64_t* numbers, char* at) {
    const auto digits = static_cast<Word>(digits_of(numbers[patch.source]) >> patch.shift);
    for (const auto& place : within(patch.places, range)) {
      put_little_endian(at + (place.offset - range.begin), static_cast<Word>(digits | place.rest));
    }
  }
  static void put_other(const Patch& patch, std::uint64_t number, char* at);

  std::vector<WordPatch<std::uint32_t>> m_short;   // varints of up to 4 bytes
  std::vector<WordPatch<std::uint64_t>> m_middle;  // of up to 8
  std::vector<RealPatch> m_reals;
  std::vector<DigitsPatch<std::uint32_t>> m_few_digits;  // up to 4
  std::vector<DigitsPatch<std::uint64_t>> m_digits;      // up to 8
  std::vector<Patch> m_others;
};

}  // namespace otelctl::synth
