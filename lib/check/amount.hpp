// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace otelctl::check {

enum class Relation { equal, not_equal, greater, at_least, less, at_most };

// Takes `==`, `!=`, `>=`, `>`, `<=`, `<` or `=` off the front of a text; nothing where there is
// none.
std::optional<Relation> take_relation(std::string_view& text);

template <typename T>
bool holds(Relation relation, T left, T right) {
  switch (relation) {
    case Relation::equal:
      return left == right;
    case Relation::not_equal:
      return left != right;
    case Relation::greater:
      return left > right;
    case Relation::at_least:
      return left >= right;
    case Relation::less:
      return left < right;
    case Relation::at_most:
      return left <= right;
  }
  return false;
}

// What a count or a duration in nanoseconds has to be: `3`, `>=5`, `>=2 <=9`, or any of several.
class Amount {
 public:
  enum class Unit { count, duration };

  // `bare` is what a number without an operator means. Error kind: settings.
  static Result<Amount> parse(std::string_view written, Unit unit, Relation bare);
  static Amount of(Relation relation, std::int64_t number, Unit unit);
  // Any of both.
  void add(Amount other);

  bool holds(std::int64_t number) const;
  // Whether it could hold for something greater, but does not for this.
  bool may_grow_into(std::int64_t number) const;
  // The least for which it holds, as far as its bounds say.
  std::int64_t least() const;
  const std::string& words() const { return m_words; }

 private:
  struct Bound {
    Relation relation;
    std::int64_t number;
  };
  using Bounds = std::vector<Bound>;  // all of them

  std::vector<Bounds> m_alternatives;
  std::string m_words;
};

}  // namespace otelctl::check
