// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/amount.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using check::Amount;
using check::Relation;

namespace {

Amount count(std::string_view written, Relation bare = Relation::equal) {
  const auto amount = Amount::parse(written, Amount::Unit::count, bare);
  REQUIRE(amount.has_value());
  return *amount;
}

Amount duration(std::string_view written) {
  const auto amount = Amount::parse(written, Amount::Unit::duration, Relation::at_most);
  REQUIRE(amount.has_value());
  return *amount;
}

// Of the numbers from 0 to 9 those for which it holds.
std::string holding(const Amount& amount) {
  std::string numbers;
  for (int number = 0; number < 10; ++number) {
    numbers += amount.holds(number) ? std::to_string(number) : "";
  }
  return numbers;
}

}  // namespace

TEST_CASE("every operator of counts") {
  CHECK(holding(count("3")) == "3");
  CHECK(holding(count("==3")) == "3");
  CHECK(holding(count("=3")) == "3");
  CHECK(holding(count("!=3")) == "012456789");
  CHECK(holding(count(">3")) == "456789");
  CHECK(holding(count(">=3")) == "3456789");
  CHECK(holding(count("<3")) == "012");
  CHECK(holding(count("<=3")) == "0123");
  CHECK(holding(count("3", Relation::at_most)) == "0123");
}

TEST_CASE("several bounds all have to hold") {
  CHECK(holding(count(">=2 <=5")) == "2345");
  CHECK(holding(count(">=2,<5")) == "234");
  CHECK(holding(count(">= 2 !=3 < 5")) == "24");
  CHECK(count(">=2 <=5").words() == ">=2 and <=5");
}

TEST_CASE("of several alternatives one has to") {
  Amount amount = count("1");
  amount.add(count(">=7"));
  CHECK(holding(amount) == "1789");
  CHECK(amount.words() == "1 or >=7");
  CHECK(amount.least() == 1);
}

TEST_CASE("durations have units") {
  CHECK(duration("2s").holds(2'000'000'000));
  CHECK_FALSE(duration("2s").holds(2'000'000'001));
  CHECK(duration(">=10ms <1m30s").holds(89'000'000'000));
  CHECK(duration("<1500us").words() == "<1ms500us");
}

TEST_CASE("what more could make hold") {
  CHECK(count(">=3").may_grow_into(2));
  CHECK_FALSE(count(">=3").may_grow_into(3));
  CHECK(count("3").may_grow_into(2));
  CHECK_FALSE(count("3").may_grow_into(4));
  CHECK_FALSE(count("0").may_grow_into(1));
  CHECK_FALSE(count("<=3").may_grow_into(4));
  CHECK(count("!=3").may_grow_into(3));
  CHECK(count(">=2 <=5").least() == 2);
  CHECK(count("<=5").least() == 0);
}

TEST_CASE("what is no amount") {
  for (const std::string_view written :
       {"", "many", ">=", "-1", "1.5", "99999999999999999999", "1 x", ">>1", "5s"}) {
    CAPTURE(written);
    CHECK_FALSE(Amount::parse(written, Amount::Unit::count, Relation::equal).has_value());
  }
  const auto bare = Amount::parse("<5", Amount::Unit::duration, Relation::at_most);
  REQUIRE_FALSE(bare.has_value());
  CHECK_FALSE(bare.error().hint.empty());
}
