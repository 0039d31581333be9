// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::check {
namespace {

template <typename T>
std::string joined_names(const std::vector<T>& values) {
  std::vector<std::string> names;
  for (const T value : values) {
    names.emplace_back(trace::name_of(value));
  }
  return join(names, " or ");
}

}  // namespace

std::string names_of(const std::vector<trace::SpanKind>& kinds) {
  return joined_names(kinds);
}

std::string names_of(const std::vector<trace::SpanStatus>& statuses) {
  return joined_names(statuses);
}

std::string match_words(const SpanMatch& match) {
  std::vector<std::string> parts;
  if (match.name) {
    parts.push_back(match.name->words());
  }
  if (match.service) {
    parts.push_back("@" + match.service->words());
  }
  if (!match.kinds.empty()) {
    parts.push_back(names_of(match.kinds));
  }
  if (!match.statuses.empty()) {
    parts.push_back("status " + names_of(match.statuses));
  }
  for (const AttributeExpectation& attribute : match.attributes) {
    parts.push_back(fmt::format("{}={}", attribute.key, attribute.condition.words(attribute.key)));
  }
  return parts.empty() ? "any span" : join(parts, " ");
}

std::string span_words(const trace::Trace& trace, const trace::Span& span) {
  return fmt::format("{} @{}", cut(trace.text(span.name)), cut(trace.service(span)));
}

std::string found_words(const trace::Trace& trace, std::string_view key,
                        const std::optional<trace::Value>& value) {
  return value ? value_words(trace.columns->texts, key, *value) : "absent";
}

std::string cut(std::string_view text) {
  constexpr std::size_t k_longest = 120;
  if (text.size() <= k_longest) {
    return std::string(text);
  }
  std::size_t length = 0;
  while (length < k_longest) {
    length += first_code_point(text.substr(length)).length;
  }
  return fmt::format("{}...", text.substr(0, length));
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t k_most = 8;
  std::vector<std::string> first;
  for (std::size_t index = 0; index < std::min(names.size(), k_most); ++index) {
    first.push_back(cut(names[index]));
  }
  if (names.size() <= k_most) {
    return join(first, ", ");
  }
  return fmt::format("{} and {} more", join(first, ", "), names.size() - k_most);
}

}  // namespace otelctl::check
