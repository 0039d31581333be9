// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/traceql.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "server/any_value.hpp"

namespace otelctl::server {
namespace {

constexpr std::array<std::string_view, 3> k_statuses{"unset", "ok", "error"};
constexpr std::array<std::string_view, 6> k_kinds{"unspecified", "internal", "server",
                                                  "client",      "producer", "consumer"};

template <typename Names>
std::string_view name_in(const Names& names, std::uint32_t number) {
  return number < names.size() ? names[number] : names[0];
}

std::uint64_t length_of(const SpanView& span) {
  return span.end > span.start ? span.end - span.start : 0;
}

template <typename T>
bool compare_as(std::size_t comparison, const T& left, const T& right) {
  switch (comparison) {
    case 0:
      return left == right;
    case 1:
      return left != right;
    case 2:
      return left > right;
    case 3:
      return left >= right;
    case 4:
      return left < right;
    default:
      return left <= right;
  }
}

}  // namespace

TraceQl::TraceFacts TraceQl::facts_of(std::string_view traces) {
  std::uint64_t start = ~std::uint64_t{0};
  std::uint64_t end = 0;
  for_each_span(traces, [&](std::string_view, const ScopeView&, const SpanView& span) {
    start = std::min(start, span.start);
    end = std::max(end, span.end);
    return true;
  });
  return {end > start ? end - start : 0};
}

bool TraceQl::compare(const Condition& condition, double number) {
  const double* const wanted = std::get_if<double>(&condition.value);
  return wanted != nullptr &&
         compare_as(static_cast<std::size_t>(condition.comparison), number, *wanted);
}

bool TraceQl::compare(const Condition& condition, std::string_view text) {
  const std::string* const wanted = std::get_if<std::string>(&condition.value);
  return wanted != nullptr && compare_as(static_cast<std::size_t>(condition.comparison), text,
                                         std::string_view(*wanted));
}

bool TraceQl::holds(const Condition& condition, std::string_view any_value) {
  const Value value = value_of(any_value);
  switch (value.type) {
    case ValueType::boolean: {
      const bool* const wanted = std::get_if<bool>(&condition.value);
      return wanted != nullptr && compare_as(static_cast<std::size_t>(condition.comparison),
                                             value.field.value != 0, *wanted);
    }
    case ValueType::integer:
      return compare(condition, static_cast<double>(value.integer()));
    case ValueType::real:
      return compare(condition, value.real());
    case ValueType::text:
      return compare(condition, text_of(value));
    default:
      return false;
  }
}

bool TraceQl::holds(const Condition& condition, std::string_view resource, const SpanView& span,
                    const TraceFacts& facts) {
  switch (condition.field) {
    case Field::name:
      return compare(condition, span.name);
    case Field::status:
      return compare(condition, name_in(k_statuses, span.status));
    case Field::kind:
      return compare(condition, name_in(k_kinds, span.kind));
    case Field::duration:
      return compare(condition, static_cast<double>(length_of(span)));
    case Field::trace_duration:
      return compare(condition, static_cast<double>(facts.duration));
    case Field::attribute:
      break;
  }
  std::optional<std::string_view> found;
  if (condition.scope != Scope::resource) {
    found = find_attribute(span.content, SpanView::k_attributes, condition.key);
  }
  if (!found && condition.scope != Scope::span) {
    found = find_attribute(resource, 1, condition.key);
  }
  return found && holds(condition, *found);
}

bool TraceQl::matches(std::string_view resource, const SpanView& span,
                      const TraceFacts& facts) const {
  std::vector<bool> results;
  for (const Step& step : m_steps) {
    if (step.what == Operator::condition) {
      results.push_back(holds(step.condition, resource, span, facts));
      continue;
    }
    const bool right = results.back();
    results.pop_back();
    results.back() =
        step.what == Operator::both ? results.back() && right : results.back() || right;
  }
  return results.empty() || results.back();
}

bool TraceQl::matches(std::string_view traces) const {
  const TraceFacts facts = facts_of(traces);
  return !for_each_span(traces,
                        [&](std::string_view resource, const ScopeView&, const SpanView& span) {
                          return !matches(resource, span, facts);
                        });
}

}  // namespace otelctl::server
