// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/patches.hpp"

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

// The last `width` of the number's last 8 digits.
std::uint64_t last_digits(std::uint64_t number, unsigned width) {
  return digits_of(number) >> (8 * (8 - width));
}

void put_long_digits(char* at, std::uint64_t number, unsigned width) {
  for (unsigned digit = width; digit-- > 0; number /= 10) {
    at[digit] = static_cast<char>('0' + number % 10);
  }
}

}  // namespace

// Two digits of each four, then one of each two, side by side in one word.
std::uint64_t digits_of(std::uint64_t number) {
  const std::uint64_t eight = number < 100'000'000 ? number : number % 100'000'000;
  const std::uint64_t fours = eight / 10'000 | (eight % 10'000) << 32U;
  // x * 10486 >> 20 is x / 100 for all x below 10,000, and x * 103 >> 10 is x / 10 below 100.
  const std::uint64_t hundreds = ((fours * 10'486) >> 20U) & 0x0000007F0000007FU;
  const std::uint64_t twos = hundreds | (fours - 100 * hundreds) << 16U;
  const std::uint64_t tens = ((twos * 103) >> 10U) & 0x000F000F000F000FU;
  return (tens | (twos - 10 * tens) << 8U) + 0x3030303030303030U;
}

ValuePatches::ValuePatches(const std::vector<Patch>& patches, std::string_view bytes) {
  for (const Patch& patch : patches) {
    add(patch, bytes);
  }
}

void ValuePatches::add(const Patch& patch, std::string_view bytes) {
  const auto in_short = [&](std::uint64_t more) {
    return Short{patch.offset, patch.source, patch.width,
                 static_cast<std::uint32_t>(rest_of_word(patch, bytes, 4) | more)};
  };
  const auto in_middle = [&](std::uint64_t more) {
    return Middle{patch.offset, patch.source, patch.width, rest_of_word(patch, bytes, 8) | more};
  };
  const Long in_long{patch.offset, patch.source, patch.width};
  if (patch.kind == PatchKind::real) {
    m_reals.push_back(in_long);
  } else if (patch.kind == PatchKind::number) {
    if (patch.width <= 4) {
      m_short_varints.push_back(in_short(continuation(patch.width)));
    } else if (patch.width <= 8) {
      m_middle_varints.push_back(in_middle(continuation(patch.width)));
    } else {
      m_long_varints.push_back(in_long);
    }
  } else if (patch.width <= 4) {
    m_short_digits.push_back(in_short(0));
  } else if (patch.width <= 8) {
    m_middle_digits.push_back(in_middle(0));
  } else {
    m_long_digits.push_back(in_long);
  }
}

void ValuePatches::put(const ByteRange& range, const std::uint64_t* numbers, char* at) const {
  for (const Short& patch : within(m_short_varints, range)) {
    const std::uint64_t groups = varint_groups(numbers[patch.source]);
    put_fixed32(at + (patch.offset - range.begin), static_cast<std::uint32_t>(groups) | patch.rest);
  }
  for (const Middle& patch : within(m_middle_varints, range)) {
    put_fixed64(at + (patch.offset - range.begin),
                varint_groups(numbers[patch.source]) | patch.rest);
  }
  for (const Long& patch : within(m_long_varints, range)) {
    put_varint(at + (patch.offset - range.begin), numbers[patch.source]);
  }
  for (const Long& patch : within(m_reals, range)) {
    put_fixed64(at + (patch.offset - range.begin), numbers[patch.source]);
  }
  for (const Short& patch : within(m_short_digits, range)) {
    const std::uint64_t digits = last_digits(numbers[patch.source], patch.width);
    put_fixed32(at + (patch.offset - range.begin), static_cast<std::uint32_t>(digits) | patch.rest);
  }
  for (const Middle& patch : within(m_middle_digits, range)) {
    put_fixed64(at + (patch.offset - range.begin),
                last_digits(numbers[patch.source], patch.width) | patch.rest);
  }
  for (const Long& patch : within(m_long_digits, range)) {
    put_long_digits(at + (patch.offset - range.begin), numbers[patch.source], patch.width);
  }
}

}  // namespace otelctl::synth
