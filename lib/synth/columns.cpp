// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/columns.hpp"

#include <vector>

#include <fmt/format.h>

#include "base/suggest.hpp"

namespace otelctl::synth {
namespace {

tl::unexpected<Error> lonely_brace(std::string_view text) {
  return fail(ErrorKind::settings, fmt::format("'{}' has a brace without its partner", text),
              "a brace that stands for itself is doubled: {{ or }}");
}

tl::unexpected<Error> unknown_column(std::string_view name, const Columns& columns) {
  std::vector<std::string> known;
  for (const auto& [column, value] : columns) {
    known.push_back(column);
  }
  return fail(ErrorKind::settings, fmt::format("no choice has a column '{}'", name),
              did_you_mean(name, known));
}

}  // namespace

Result<std::string> fill(std::string_view text, const Columns& columns) {
  std::string filled;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char character = text[at];
    if (character != '{' && character != '}') {
      filled += character;
      continue;
    }
    if (at + 1 < text.size() && text[at + 1] == character) {
      filled += character;
      ++at;
      continue;
    }
    const auto end = text.find('}', at);
    if (character == '}' || end == std::string_view::npos) {
      return lonely_brace(text);
    }
    const std::string_view name = text.substr(at + 1, end - at - 1);
    const auto column = columns.find(name);
    if (column == columns.end()) {
      return unknown_column(name, columns);
    }
    filled += column->second;
    at = end;
  }
  return filled;
}

}  // namespace otelctl::synth
