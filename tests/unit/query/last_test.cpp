// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/last.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/memory_backend.hpp"

using namespace otelctl;
using namespace otelctl::query;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::k_now;
using test::make_summary;
using test::MemoryBackend;

namespace {

LastQuery last(std::size_t count, nanoseconds since = hours(1)) {
  LastQuery query;
  query.count = count;
  query.now = k_now;
  query.since = k_now - since;
  return query;
}

using Numbers = std::vector<unsigned>;

Numbers numbers(const LastTraces& found) {
  Numbers ids;
  for (const trace::Summary& summary : found.traces) {
    ids.push_back(summary.id.bytes[14] * 256U + summary.id.bytes[15]);
  }
  return ids;
}

Numbers find(MemoryBackend& backend, const LastQuery& query) {
  const auto found = find_last(backend, query);
  REQUIRE(found.has_value());
  return numbers(*found);
}

}  // namespace

TEST_CASE("the newest come first, whatever the order of the backend") {
  MemoryBackend backend;
  backend.pick = MemoryBackend::Pick::any;
  backend.traces = {make_summary(1, minutes(3)), make_summary(2, minutes(1)),
                    make_summary(3, minutes(2))};
  CHECK(find(backend, last(10)) == Numbers{2, 3, 1});
  CHECK(find(backend, last(2)) == Numbers{2, 3});
}

TEST_CASE("traces of one start stand by id") {
  MemoryBackend backend;
  backend.traces = {make_summary(2, minutes(1)), make_summary(1, minutes(1))};
  CHECK(find(backend, last(10)) == Numbers{1, 2});
}

TEST_CASE("a busy backend is asked for a short time only") {
  MemoryBackend backend;
  for (unsigned number = 0; number < 15; ++number) {
    backend.traces.push_back(make_summary(number + 1, seconds(number)));
  }
  CHECK(find(backend, last(10)).size() == 10);
  CHECK(backend.searches == 1);
}

TEST_CASE("a quiet backend is asked for longer and longer times, but not before --since") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(50)), make_summary(2, hours(3))};
  CHECK(find(backend, last(10, hours(1))) == Numbers{1});
  CHECK(backend.searches == 3);
  CHECK(find(backend, last(10, hours(4))) == Numbers{1, 2});
}

TEST_CASE("a trace from a host whose clock is ahead is there") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, -minutes(4))};
  CHECK(find(backend, last(10)) == Numbers{1});
}

TEST_CASE("--until is the end of the time") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1)), make_summary(2, minutes(20))};
  LastQuery query = last(10);
  query.until = k_now - minutes(10);
  CHECK(find(backend, query) == Numbers{2});
}

TEST_CASE("where a search needs a service, each is asked and no trace is there twice") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1), {"shop", "payment"}),
                    make_summary(2, minutes(2), {"payment"}),
                    make_summary(3, minutes(3), {"mail"})};
  SUBCASE("and the backend says so") {
    backend.needs_service = true;
  }
  SUBCASE("and the backend answers nothing") {
    backend.is_empty_without_service = true;
  }
  CHECK(find(backend, last(10)) == Numbers{1, 2, 3});
}

TEST_CASE("a service without a name is not asked for: that would be a search over all") {
  MemoryBackend backend;
  backend.needs_service = true;
  backend.traces = {make_summary(1, minutes(1), {""}), make_summary(2, minutes(50), {"mail"})};
  CHECK(find(backend, last(10)) == Numbers{2});
  CHECK(std::count(backend.asked_services.begin(), backend.asked_services.end(), "") == 1);
}

TEST_CASE("any number may be asked for, and no backend is asked for more than 32 bits hold") {
  for (const bool gives_whole_traces : {false, true}) {
    MemoryBackend backend;
    backend.gives_whole_traces = gives_whole_traces;
    backend.traces = {make_summary(1, minutes(1))};
    CHECK(find(backend, last(std::numeric_limits<std::size_t>::max())) == Numbers{1});
    CHECK(backend.largest_limit > 0);
    CHECK(backend.largest_limit <= std::numeric_limits<std::int32_t>::max());
  }
}

TEST_CASE("several services are a union") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1), {"a"}), make_summary(2, minutes(2), {"b"}),
                    make_summary(3, minutes(3), {"c"}), make_summary(4, minutes(4), {"a", "c"})};
  LastQuery query = last(10);
  query.services = {"a", "b"};
  CHECK(find(backend, query) == Numbers{1, 2, 4});
  CHECK(std::count(backend.asked_services.begin(), backend.asked_services.end(), "") == 0);
}

TEST_CASE("a full answer is proven to hold the newest, or said not to") {
  MemoryBackend backend;
  SUBCASE("newest first") {
    backend.pick = MemoryBackend::Pick::newest;
  }
  SUBCASE("oldest first") {
    backend.pick = MemoryBackend::Pick::oldest;
  }
  SUBCASE("any") {
    backend.pick = MemoryBackend::Pick::any;
  }
  for (unsigned number = 0; number < 500; ++number) {
    backend.traces.push_back(make_summary(number + 1, milliseconds(500 * number)));
  }
  const auto found = find_last(backend, last(5));
  REQUIRE(found.has_value());
  CHECK(numbers(*found) == Numbers{1, 2, 3, 4, 5});
  CHECK_FALSE(found->is_truncated);
  CHECK(found->notes.empty());
}

TEST_CASE("what is not marked as truncated is exactly the last N, for all manners of backends") {
  std::mt19937_64 random(2026);
  int exact = 0;
  for (int round = 0; round < 300; ++round) {
    MemoryBackend backend;
    backend.random.seed(random());
    backend.pick = static_cast<MemoryBackend::Pick>(random() % 3);
    backend.needs_service = random() % 2 == 0;
    backend.gives_whole_traces = random() % 2 == 0;
    const std::size_t count = random() % 400;
    for (unsigned number = 0; number < count; ++number) {
      std::vector<std::string> services = {"a"};
      if (random() % 3 == 0) {
        services = {"b", "c"};
      }
      backend.traces.push_back(
          make_summary(number + 1, seconds(random() % 5000), std::move(services)));
    }
    const LastQuery query = last(1 + random() % 20);
    const auto found = find_last(backend, query);
    REQUIRE(found.has_value());
    Numbers expected;
    std::vector<trace::Summary> all = backend.traces;
    std::erase_if(all, [&](const auto& summary) { return summary.start < query.since; });
    std::sort(all.begin(), all.end(), [](const auto& left, const auto& right) {
      return std::tie(right.start, left.id) < std::tie(left.start, right.id);
    });
    all.resize(std::min(all.size(), query.count));
    if (!found->is_truncated) {
      ++exact;
      LastTraces wanted;
      wanted.traces = all;
      REQUIRE(numbers(*found) == numbers(wanted));
    }
  }
  CHECK(exact > 250);
}

TEST_CASE("more traces than can be looked at are said") {
  MemoryBackend backend;
  backend.gives_whole_traces = true;
  for (unsigned number = 0; number < 300; ++number) {
    backend.traces.push_back(make_summary(number + 1, seconds(number)));
  }
  LastQuery query = last(5);
  query.order = Order::duration;
  const auto found = find_last(backend, query);
  REQUIRE(found.has_value());
  CHECK(found->is_truncated);
  REQUIRE(found->notes.size() == 1);
  CHECK(found->notes[0] ==
        "the backend has more traces than the 200 that were looked at; narrow the search with "
        "--since, --until or --service");
}

TEST_CASE("other orders look at the whole time, not at the last N") {
  MemoryBackend backend;
  for (unsigned number = 0; number < 30; ++number) {
    backend.traces.push_back(
        make_summary(number + 1, minutes(number), {"s"}, milliseconds(number)));
    backend.traces.back().error_count = number % 7;
    backend.traces.back().span_count = number % 5;
  }
  LastQuery query = last(2);
  query.order = Order::duration;
  CHECK(find(backend, query) == Numbers{30, 29});
  query.order = Order::errors;
  CHECK(find(backend, query) == Numbers{7, 14});
  query.order = Order::spans;
  CHECK(find(backend, query) == Numbers{5, 10});
}

TEST_CASE("durations speak of the trace") {
  MemoryBackend backend;
  for (unsigned number = 0; number < 100; ++number) {
    backend.traces.push_back(
        make_summary(number + 1, seconds(number), {"s"}, milliseconds(number)));
  }
  LastQuery query = last(3);
  query.min_duration = milliseconds(90);
  CHECK(find(backend, query) == Numbers{91, 92, 93});
  query.max_duration = milliseconds(91);
  CHECK(find(backend, query) == Numbers{91, 92});
}

TEST_CASE("Jaeger's own traces are left out unless asked for") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1), {"jaeger-all-in-one"}),
                    make_summary(2, minutes(2), {"shop"}),
                    make_summary(3, minutes(3), {"jaeger-query", "shop"})};
  const auto found = find_last(backend, last(10));
  REQUIRE(found.has_value());
  CHECK(numbers(*found) == Numbers{2, 3});
  CHECK(found->notes ==
        std::vector<std::string>{"1 trace of Jaeger itself left out; --service shows them"});
  LastQuery query = last(10);
  query.services = {"jaeger-all-in-one"};
  CHECK(find(backend, query) == Numbers{1});
}

TEST_CASE("at most 200 services are asked for, and that is said") {
  MemoryBackend backend;
  backend.needs_service = true;
  for (unsigned number = 0; number < 250; ++number) {
    backend.traces.push_back(
        make_summary(number + 1, minutes(1), {"service-" + std::to_string(1000 + number)}));
  }
  const auto found = find_last(backend, last(300));
  REQUIRE(found.has_value());
  CHECK(found->traces.size() == 200);
  CHECK(found->is_truncated);
  CHECK(found->notes[0].starts_with("asked for the first 200 of 250 services"));
}
