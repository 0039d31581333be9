// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "check/amount.hpp"
#include "check/text_pattern.hpp"
#include "trace/string_pool.hpp"
#include "trace/value.hpp"

namespace otelctl::check {

// Whether a backend keeps the types of attributes. Zipkin has texts only: there 200 is "200".
enum class Typing { kept, texts_only };

// What one attribute has to be. The number 1 and the text "1" are different; patterns look at a
// number as it is written, and operators compare numbers.
class ValueCondition {
 public:
  struct Presence {
    bool is_wanted = true;
  };
  struct Comparison {
    Relation relation;
    std::string number;  // as it was written
    double value;
    std::optional<std::int64_t> integer;  // where it is one: exact beyond 2^53, too
  };
  using Alternative = std::variant<Presence, bool, std::int64_t, double, Comparison, TextPattern>;

  // `present`, `absent`, `>=5`, or a TextPattern. Error kind: settings.
  static Result<Alternative> parse(std::string_view written);

  std::vector<Alternative> alternatives;  // any of them

  // No value: the attribute is not there.
  bool matches(const trace::StringPool& texts, const std::optional<trace::Value>& value,
               Typing typing) const;
  // "\"a\" or 5"; what is secret by the attribute's name or by its look is hidden.
  std::string words(std::string_view key) const;
  // What to write where the value is right but for its type; empty otherwise.
  std::string type_hint(const trace::StringPool& texts, trace::Value value) const;
};

// A value in an answer to a person: text in quotes and cut, other types as JSON.
std::string value_words(const trace::StringPool& texts, std::string_view key, trace::Value value);

}  // namespace otelctl::check
