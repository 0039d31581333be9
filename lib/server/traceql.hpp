// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "server/span_view.hpp"

namespace otelctl::server {

// The part of TraceQL that selects spans by one pair of braces:
//   { resource.service.name = "x" && (name = "y" || duration > 1.5s) && .k != 3 && status = error }
// Fields: name, status, kind, duration, traceDuration, .key, span.key, resource.key, with quotes
// around odd keys. Comparisons: = != > >= < <=, of texts, numbers, durations, truths, statuses and
// kinds; a value of another type never matches. && binds more than ||. A hint behind the braces,
// with (most_recent=true), is taken and changes nothing. Regular expressions, pipelines, structural
// operators and all else is refused by name.
class TraceQl {
 public:
  // Error kind: usage.
  static Result<TraceQl> parse(std::string_view text);

  // What the whole trace has, for each of its spans.
  struct TraceFacts {
    std::uint64_t duration = 0;  // nanoseconds
  };
  static TraceFacts facts_of(std::string_view traces);
  bool matches(std::string_view resource, const SpanView& span, const TraceFacts& facts) const;
  // Whether a span of the trace, a serialized TracesData, matches.
  bool matches(std::string_view traces) const;

 private:
  friend class TraceQlParser;

  enum class Field : std::uint8_t { attribute, name, status, kind, duration, trace_duration };
  enum class Scope : std::uint8_t { any, span, resource };
  enum class Comparison : std::uint8_t { equal, unequal, above, at_least, below, at_most };
  struct Condition {
    Field field = Field::attribute;
    Scope scope = Scope::any;
    std::string key = {};
    Comparison comparison = Comparison::equal;
    std::variant<std::string, double, bool> value = {};
  };
  enum class Operator : std::uint8_t { condition, both, either };
  // In the order of postfix notation, so that nothing has to nest when it is judged.
  struct Step {
    Operator what = Operator::condition;
    Condition condition = {};
  };

  static bool compare(const Condition& condition, double number);
  static bool compare(const Condition& condition, std::string_view text);
  static bool holds(const Condition& condition, std::string_view any_value);
  static bool holds(const Condition& condition, std::string_view resource, const SpanView& span,
                    const TraceFacts& facts);

  std::vector<Step> m_steps;
};

}  // namespace otelctl::server
