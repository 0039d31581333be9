// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/fault.hpp"

#include <map>
#include <thread>

#include <doctest/doctest.h>

namespace otelctl::server {
namespace {

using namespace std::chrono_literals;
using Kind = Fault::Kind;

FaultPlan plan_of(const std::string& specification) {
  auto rules = parse_faults({specification});
  REQUIRE_MESSAGE(rules.has_value(), (rules ? "" : rules.error().message));
  return FaultPlan(*std::move(rules));
}

std::string message_of(const std::vector<std::string>& specifications) {
  const auto rules = parse_faults(specifications);
  REQUIRE_FALSE(rules.has_value());
  CHECK(rules.error().kind == ErrorKind::usage);
  CHECK_FALSE(rules.error().hint.empty());
  return rules.error().message;
}

std::map<Kind, int> picks_of(FaultPlan& plan, int requests) {
  std::map<Kind, int> picks;
  for (int request = 0; request < requests; ++request) {
    ++picks[plan.next().kind];
  }
  return picks;
}

}  // namespace

TEST_CASE("a share is exact after any number of requests") {
  struct Row {
    std::string share;
    std::uint64_t per_million;
  };
  for (const Row& row : {Row{"10%", 100'000}, Row{"33%", 330'000}, Row{"0.1%", 1000},
                         Row{"66.6667%", 666'667}, Row{"100%", 1'000'000}, Row{"0.0001%", 1}}) {
    CAPTURE(row.share);
    FaultPlan plan = plan_of("reset@" + row.share);
    std::uint64_t picked = 0;
    for (std::uint64_t request = 1; request <= 20'000; ++request) {
      picked += plan.next().kind == Kind::reset ? 1U : 0U;
      if (picked != request * row.per_million / 1'000'000) {
        FAIL(picked << " of " << request);
      }
    }
    CHECK(plan.counts().reset == picked);
  }
}

TEST_CASE("a fault without a share befalls every request, or what others leave") {
  FaultPlan all = plan_of("unavailable");
  CHECK(picks_of(all, 10)[Kind::unavailable] == 10);
  FaultPlan rest = plan_of("partial=3,429@10%");
  auto picks = picks_of(rest, 1000);
  CHECK(picks[Kind::too_many] == 100);
  CHECK(picks[Kind::partial] == 900);
}

TEST_CASE("drop-connection-every is the N-th request itself, whatever else is due") {
  FaultPlan plan = plan_of("reset@50%,drop-connection-every=4");
  for (int request = 1; request <= 40; ++request) {
    CHECK((plan.next().kind == Kind::drop) == (request % 4 == 0));
  }
}

TEST_CASE("faults that are due together follow each other, so that each keeps its share") {
  FaultPlan plan = plan_of(
      "429@20%,unavailable@20%,reset@20%,partial=1@20%,"
      "drop-connection-every=5");
  auto picks = picks_of(plan, 5000);
  CHECK(picks[Kind::none] <= 4);
  for (const Kind kind :
       {Kind::too_many, Kind::unavailable, Kind::reset, Kind::partial, Kind::drop}) {
    CHECK(picks[kind] >= 999);
    CHECK(picks[kind] <= 1000);
  }
}

TEST_CASE("slow goes together with the others") {
  FaultPlan plan = plan_of("slow=20ms@50%,slow=1s@25%,unavailable@50%");
  CHECK(plan.holds_back());
  CHECK_FALSE(plan.breaks_connections());
  std::vector<nanoseconds> delays;
  for (int request = 1; request <= 4; ++request) {
    const Fault fault = plan.next();
    CHECK((fault.kind == Kind::unavailable) == (request % 2 == 0));
    delays.push_back(fault.delay);
  }
  CHECK(delays == std::vector<nanoseconds>{0s, 20ms, 0s, 1s});
  CHECK(plan.counts().slow == 2);
}

TEST_CASE("values are read, and spaces around parts are nothing") {
  const auto rules =
      parse_faults({" 429:retry-after=2@10% , partial=7@5%", "429:retry-after=150ms"});
  REQUIRE(rules);
  REQUIRE(rules->size() == 3);
  CHECK(rules->at(0).fault.retry_after == 2s);
  CHECK(rules->at(1).fault.reject == 7);
  CHECK(rules->at(2).fault.retry_after == 150ms);
  CHECK(rules->at(2).is_rest);
  CHECK(parse_faults({"429"})->at(0).fault.retry_after == 1s);
  CHECK(parse_faults({})->empty());
}

TEST_CASE("nonsense is refused with its place") {
  CHECK(message_of({"reset@101%"}) == "'reset@101%': '@101%' is more than all requests");
  CHECK(message_of({"reset@0%"}) == "'reset@0%': '@0%' is no request at all");
  CHECK(message_of({"reset@-1%"}) == "'reset@-1%': '@-1%' is not a percentage");
  CHECK(message_of({"reset@1.%"}) == "'reset@1.%': '@1.%' is not a percentage");
  CHECK(message_of({"reset@99999999999999999999%"}).ends_with("is more than all requests"));
  CHECK(message_of({"reset@0.0000001%"}).ends_with("is finer than can be kept"));
  CHECK(message_of({"reset@10"}) == "'reset@10': '@10' has no %");
  CHECK(message_of({"slow=1s", "partial=0"}) == "'partial=0': 0 would be no fault at all");
  CHECK(message_of({"partial=-1"}) == "'partial=-1': '-1' is not a whole number");
  CHECK(message_of({"partial"}) == "'partial': partial needs a value");
  CHECK(message_of({"slow=1s,slow=500"}) == "'slow=500': '500' has no unit");
  CHECK(message_of({"slow=25h"}) == "'slow=25h': '25h' is too long");
  CHECK(message_of({"unavailable=1"}) == "'unavailable=1': unavailable takes no value");
  CHECK(message_of({"429:after=1"}) == "'429:after=1': 429 has no parameter 'after=1'");
  CHECK(message_of({"reset:after=1"}) == "'reset:after=1': reset has no parameter 'after=1'");
  CHECK(message_of({"drop-connection-every=9@1%"}).ends_with("takes no share"));
  CHECK(message_of({"reset,"}) ==
        "'reset,': there is nothing between two commas, or before or after one");
  CHECK(parse_faults({"rest"}).error().hint == "did you mean 'reset'?");
}

TEST_CASE("faults that exclude each other cannot be for more than all requests") {
  const std::string more = "the faults together are for more than all requests";
  CHECK(message_of({"429@60%,reset@50%"}) == more);
  CHECK(message_of({"429@100%", "reset"}) == more);
  CHECK(message_of({"drop-connection-every=1,reset@1%"}) == more);
  CHECK(message_of({"reset", "unavailable"}) == "two faults are each for all requests");
  CHECK(parse_faults({"429@60%,reset@40%,slow=1s,slow=2s@50%"}).has_value());
  CHECK(parse_faults({"drop-connection-every=3,reset@66.666666%"}).has_value());
}

TEST_CASE("many threads that ask get the same shares together") {
  FaultPlan plan = plan_of("reset@33%,drop-connection-every=10");
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&plan] { picks_of(plan, 2500); });
    }
  }
  CHECK(plan.counts().dropped_connections == 1000);
  CHECK(plan.counts().reset >= 3299);
  CHECK(plan.counts().reset <= 3300);
}

}  // namespace otelctl::server
