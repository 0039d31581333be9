// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/patches.hpp"

#include <algorithm>

#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// That more groups follow, in all bytes of a varint but the last.
constexpr std::uint64_t continuation(unsigned width) {
  return 0x8080808080808080U & ((std::uint64_t{1} << (8 * (width - 1))) - 1);
}

// What follows the place in the `size` bytes from its offset on, its own bytes zero.
std::uint64_t rest_of_word(const Patch& patch, std::string_view bytes, unsigned size) {
  std::uint64_t rest = 0;
  for (unsigned byte = patch.width; byte < size; ++byte) {
    rest |= std::uint64_t{static_cast<unsigned char>(bytes[patch.offset + byte])} << (8 * byte);
  }
  return rest;
}

// More than 8.
void put_many_digits(char* at, std::uint64_t number, unsigned width) {
  for (; width > 8; --width, number /= 10) {
    at[width - 1] = static_cast<char>('0' + number % 10);
  }
  put_fixed64(at, digits_of(number));
}

// Adds a place to those of the same digits.
template <typename Word>
void add_digits(std::vector<DigitsPatch<Word>>& all, const Patch& patch, std::string_view bytes) {
  const unsigned shift = 8U * (8U - patch.width);
  auto same = std::find_if(all.begin(), all.end(), [&](const DigitsPatch<Word>& other) {
    return other.source == patch.source && other.shift == shift;
  });
  if (same == all.end()) {
    same = all.insert(all.end(), {patch.source, shift, {}});
  }
  const std::uint64_t rest = rest_of_word(patch, bytes, sizeof(Word));
  same->places.push_back({patch.offset, static_cast<Word>(rest)});
}

}  // namespace

ValuePatches::ValuePatches(const std::vector<Patch>& patches, std::string_view bytes) {
  for (const Patch& patch : patches) {
    if (patch.kind == PatchKind::real) {
      m_reals.push_back({patch.offset, patch.source});
    } else if (patch.width > 8) {
      m_others.push_back(patch);
    } else if (patch.kind == PatchKind::digits && patch.width > 4) {
      add_digits(m_digits, patch, bytes);
    } else if (patch.kind == PatchKind::digits) {
      add_digits(m_few_digits, patch, bytes);
    } else if (patch.width > 4) {
      m_middle.push_back(
          {patch.offset, patch.source, rest_of_word(patch, bytes, 8) | continuation(patch.width)});
    } else {
      const std::uint64_t rest = rest_of_word(patch, bytes, 4) | continuation(patch.width);
      m_short.push_back({patch.offset, patch.source, static_cast<std::uint32_t>(rest)});
    }
  }
}

void ValuePatches::put_other(const Patch& patch, std::uint64_t number, char* at) {
  if (patch.kind == PatchKind::digits) {
    put_many_digits(at, number, patch.width);
  } else {
    put_varint(at, number);
  }
}

}  // namespace otelctl::synth
