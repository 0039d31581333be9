// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/case_folding.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include <utf8proc.h>

#include "base/text.hpp"

namespace otelctl::query {
namespace {

// The most code points that one folds to is three.
using Folded = std::array<utf8proc_int32_t, 4>;

std::u32string folded(std::string_view text) {
  std::u32string result;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    text.remove_prefix(next.length);
    Folded parts{};
    const auto count = utf8proc_decompose_char(
        static_cast<utf8proc_int32_t>(next.value), parts.data(),
        static_cast<utf8proc_ssize_t>(parts.size()), UTF8PROC_CASEFOLD, nullptr);
    const auto end = parts.begin() + std::clamp<utf8proc_ssize_t>(count, 0, parts.size());
    std::transform(parts.begin(), end, std::back_inserter(result),
                   [](utf8proc_int32_t part) { return static_cast<char32_t>(part); });
  }
  return result;
}

}  // namespace

bool equals_but_for_case(std::string_view left, std::string_view right) {
  return left == right || folded(left) == folded(right);
}

}  // namespace otelctl::query
