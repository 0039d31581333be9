// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/text_pattern.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/text.hpp"
#include "check/limits.hpp"

namespace otelctl::check {
namespace {

// More than any expression that a person writes needs (a.{1000} takes some 200 KiB).
constexpr std::int64_t k_most_expression_memory = std::int64_t{1024} * 1024;

// `*` is any text, `?` one character. Goes back to the last `*` only, which is enough.
bool matches_glob(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  std::size_t place = 0;
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;
  while (place < text.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      taken = place;
    } else if (at < pattern.size() && pattern[at] == '?') {
      ++at;
      place += first_code_point(text.substr(place)).length;
    } else if (at < pattern.size() && pattern[at] == text[place]) {
      ++at;
      ++place;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      place = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

bool is_expression(std::string_view text) {
  return text.size() > 2 && text.starts_with('/') && text.ends_with('/');
}

}  // namespace

Result<TextPattern> TextPattern::parse(std::string_view written) {
  TextPattern pattern;
  pattern.m_written = written;
  if (written.size() > k_longest_pattern) {
    return fail(ErrorKind::settings,
                fmt::format("the text is longer than {} bytes", k_longest_pattern),
                "a part of it with a * is enough");
  }
  if (written.starts_with("==") || written.starts_with("!=")) {
    pattern.m_kind = written.starts_with('=') ? Kind::exact : Kind::other_than;
    pattern.m_text = trim(written.substr(2));
  } else if (is_expression(written)) {
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(k_most_expression_memory);
    const std::string_view inner = written.substr(1, written.size() - 2);
    auto expression =
        std::make_shared<re2::RE2>(re2::StringPiece(inner.data(), inner.size()), options);
    if (!expression->ok()) {
      return fail(ErrorKind::settings,
                  fmt::format("the regular expression cannot be used: {}",
                              escape_for_terminal(expression->error())),
                  "its syntax is that of RE2, without look-around and back-references; == in front "
                  "takes a text as it is");
    }
    pattern.m_kind = Kind::expression;
    pattern.m_expression = std::move(expression);
  } else {
    const bool is_glob = written.find_first_of("*?") != std::string_view::npos;
    pattern.m_kind = is_glob ? Kind::glob : Kind::exact;
    pattern.m_text = written;
  }
  return pattern;
}

bool TextPattern::matches(std::string_view text) const {
  switch (m_kind) {
    case Kind::exact:
      return text == m_text;
    case Kind::other_than:
      return text != m_text;
    case Kind::glob:
      return matches_glob(m_text, text);
    case Kind::expression:
      return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *m_expression);
  }
  return false;
}

bool TextCondition::matches(std::string_view text) const {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const TextPattern& pattern) { return pattern.matches(text); });
}

std::string TextCondition::words() const {
  std::vector<std::string> parts;
  parts.reserve(patterns.size());
  for (const TextPattern& pattern : patterns) {
    parts.push_back(pattern.words());
  }
  return join(parts, " or ");
}

std::string pattern_of(std::string_view text) {
  const bool is_literal = text.find_first_of("*?") == std::string_view::npos &&
                          !text.starts_with("==") && !text.starts_with("!=") &&
                          !is_expression(text);
  return (is_literal ? "" : "==") + std::string(text);
}

}  // namespace otelctl::check
