// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/amount.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"

namespace otelctl::check {
namespace {

struct RelationName {
  std::string_view name;
  Relation relation;
};
// The longer ones first: `>=` begins with `>`.
constexpr std::array<RelationName, 7> k_relations{{{"==", Relation::equal},
                                                   {"!=", Relation::not_equal},
                                                   {">=", Relation::at_least},
                                                   {"<=", Relation::at_most},
                                                   {">", Relation::greater},
                                                   {"<", Relation::less},
                                                   {"=", Relation::equal}}};

std::string_view sign_of(Relation relation) {
  const auto* const found =
      std::find_if(k_relations.begin(), k_relations.end(),
                   [&](const RelationName& each) { return each.relation == relation; });
  return found->name;
}

Result<std::int64_t> parse_number(std::string_view text, Amount::Unit unit) {
  if (unit == Amount::Unit::duration) {
    const auto duration = parse_duration(text);
    if (!duration) {
      return fail(ErrorKind::settings, duration.error().message, duration.error().hint);
    }
    return duration->count();
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) {
    return fail(
        ErrorKind::settings,
        fmt::format("'{}' is not a count", escape_for_terminal(text.substr(0, 60))),
        "write a whole number, with an operator in front where it is no exact one: \">=5\"");
  }
  return number;
}

// The least and the greatest number that a bound lets through.
std::pair<std::int64_t, std::int64_t> ends_of(Relation relation, std::int64_t number) {
  switch (relation) {
    case Relation::equal:
      return {number, number};
    case Relation::greater:
      return {number == INT64_MAX ? number : number + 1, INT64_MAX};
    case Relation::at_least:
      return {number, INT64_MAX};
    case Relation::less:
      return {0, number - 1};
    case Relation::at_most:
      return {0, number};
    case Relation::not_equal:
      break;
  }
  return {0, INT64_MAX};
}

}  // namespace

std::optional<Relation> take_relation(std::string_view& text) {
  for (const RelationName& each : k_relations) {
    if (text.starts_with(each.name)) {
      text = trim(text.substr(each.name.size()));
      return each.relation;
    }
  }
  return std::nullopt;
}

Amount Amount::of(Relation relation, std::int64_t number, Unit unit) {
  Amount amount;
  amount.m_alternatives = {{{relation, number}}};
  const std::string text = unit == Unit::duration
                               ? format_duration_exact(std::chrono::nanoseconds(number))
                               : std::to_string(number);
  amount.m_words =
      relation == Relation::equal ? text : fmt::format("{}{}", sign_of(relation), text);
  return amount;
}

Result<Amount> Amount::parse(std::string_view written, Unit unit, Relation bare) {
  Amount amount;
  Bounds bounds;
  std::vector<std::string> words;
  std::string_view rest = trim(written);
  while (!rest.empty()) {
    const Relation relation = take_relation(rest).value_or(bare);
    const auto end = std::min(rest.find_first_of(" ,<>=!"), rest.size());
    const auto number = parse_number(rest.substr(0, end), unit);
    if (!number) {
      return fail(number.error());
    }
    bounds.push_back({relation, *number});
    words.push_back(of(relation, *number, unit).m_words);
    rest = trim(rest.substr(end));
    rest = rest.starts_with(',') ? trim(rest.substr(1)) : rest;
  }
  if (bounds.empty()) {
    return fail(parse_number("", unit).error());
  }
  amount.m_alternatives.push_back(std::move(bounds));
  amount.m_words = join(words, " and ");
  return amount;
}

void Amount::add(Amount other) {
  std::move(other.m_alternatives.begin(), other.m_alternatives.end(),
            std::back_inserter(m_alternatives));
  m_words += (m_words.empty() ? "" : " or ") + other.m_words;
}

bool Amount::holds(std::int64_t number) const {
  return std::any_of(m_alternatives.begin(), m_alternatives.end(), [&](const Bounds& bounds) {
    return std::all_of(bounds.begin(), bounds.end(), [&](const Bound& bound) {
      return check::holds(bound.relation, number, bound.number);
    });
  });
}

bool Amount::may_grow_into(std::int64_t number) const {
  const auto reaches_higher = [&](const Bounds& bounds) {
    std::int64_t low = number;
    std::int64_t high = INT64_MAX;
    for (const Bound& bound : bounds) {
      const auto [first, last] = ends_of(bound.relation, bound.number);
      low = std::max(low, first);
      high = std::min(high, last);
    }
    return low <= high && high > number;
  };
  return !holds(number) &&
         std::any_of(m_alternatives.begin(), m_alternatives.end(), reaches_higher);
}

std::int64_t Amount::least() const {
  std::int64_t least = INT64_MAX;
  for (const Bounds& bounds : m_alternatives) {
    std::int64_t low = 0;
    for (const Bound& bound : bounds) {
      low = std::max(low, ends_of(bound.relation, bound.number).first);
    }
    least = std::min(least, low);
  }
  return least;
}

}  // namespace otelctl::check
