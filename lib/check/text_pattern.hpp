// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace re2 {
class RE2;
}

namespace otelctl::check {

// A text as expectations write it: `POST /orders` exactly, `SELECT*` and `order-??` as a glob,
// `/^SELECT/` as a regular expression of RE2, found anywhere in the text, `==a*b` literally, `!=x`
// for anything else. RE2's time is linear in the text whatever the expression is.
class TextPattern {
 public:
  // Error kind: settings, for an expression that is none or is too large.
  static Result<TextPattern> parse(std::string_view written);

  bool matches(std::string_view text) const;
  // As it was written.
  const std::string& words() const { return m_written; }
  // The only text that matches; nothing for other patterns.
  const std::string* only_text() const { return m_kind == Kind::exact ? &m_text : nullptr; }

 private:
  enum class Kind { exact, other_than, glob, expression };

  std::string m_written;
  Kind m_kind = Kind::exact;
  std::string m_text;
  std::shared_ptr<const re2::RE2> m_expression;
};

// Any of several patterns; the empty condition holds for no text.
struct TextCondition {
  std::vector<TextPattern> patterns;

  bool matches(std::string_view text) const;
  // "a or b".
  std::string words() const;
};

// A pattern that matches this text and no other, as it is written in a file.
std::string pattern_of(std::string_view text);

}  // namespace otelctl::check
