// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "server/ingest.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using opentelemetry::proto::trace::v1::TracesData;

constexpr std::uint64_t k_ample = std::uint64_t{64} << 20;

Added add(Store& store, const Request& request) {
  Ingest ingest(store);
  const auto added = ingest.add(Signal::traces, request.bytes());
  REQUIRE(added.has_value());
  return *added;
}

TracesData read(const Store& store, const TraceId& id) {
  std::string payload;
  TracesData traces;
  if (store.append_trace(id, payload)) {
    REQUIRE(traces.ParseFromString(payload));
  }
  return traces;
}

std::size_t span_count(const TracesData& traces) {
  std::size_t count = 0;
  for (const auto& resource : traces.resource_spans()) {
    for (const auto& scope : resource.scope_spans()) {
      count += static_cast<std::size_t>(scope.spans_size());
    }
  }
  return count;
}

std::vector<TraceId> newest_ids(const Store& store, const TraceRange& range = {},
                                std::size_t count = 100) {
  std::vector<TraceId> ids;
  for (const TracePlace& place : store.newest(range, count, std::nullopt)) {
    ids.push_back(place.id);
  }
  return ids;
}

TEST_CASE("a trace is given back as it came, its spans under their resources and scopes") {
  Store store(k_ample);
  Request first;
  first.add_service("cart", "lib").add_span(trace_id(1), 1, "a");
  first.add_span(trace_id(2), 2, "other trace");
  first.add_service("mail").add_span(trace_id(1), 3, "b");
  add(store, first);
  Request second;
  second.add_service("mail").add_span(trace_id(1), 4, "late");
  second.add_service("cart", "lib2").add_span(trace_id(1), 5, "c");
  second.add_service("cart", "lib").add_span(trace_id(1), 6, "d");
  add(store, second);

  Request expected;
  expected.add_service("cart", "lib").add_span(trace_id(1), 1, "a");
  expected.add_span(trace_id(1), 6, "d");
  auto* const other_scope = expected.message().mutable_resource_spans(0)->add_scope_spans();
  *other_scope = second.message().resource_spans(1).scope_spans(0);
  expected.add_service("mail").add_span(trace_id(1), 3, "b");
  expected.add_span(trace_id(1), 4, "late");
  CHECK(read(store, trace_id(1)).SerializeAsString() == expected.bytes());
  CHECK(span_count(read(store, trace_id(2))) == 1);
  CHECK(span_count(read(store, trace_id(3))) == 0);
  CHECK(store.holds(trace_id(1)));
  CHECK_FALSE(store.holds(trace_id(3)));
}

TEST_CASE("an identical span that comes twice is held twice") {
  Store store(k_ample);
  Request request("cart");
  request.add_span(trace_id(1), 1);
  add(store, request);
  add(store, request);
  CHECK(span_count(read(store, trace_id(1))) == 2);
}

TEST_CASE("schema URLs are kept") {
  Store store(k_ample);
  Request request("cart");
  request.add_span(trace_id(1), 1);
  request.message().mutable_resource_spans(0)->set_schema_url("http://r");
  request.message().mutable_resource_spans(0)->mutable_scope_spans(0)->set_schema_url("http://s");
  add(store, request);
  CHECK(read(store, trace_id(1)).SerializeAsString() == request.bytes());
}

TEST_CASE("spans without ids are rejected with the reason and the others are taken") {
  Store store(k_ample);
  Request request("cart");
  request.add_span(trace_id(1), 1);
  request.add_span(TraceId{}, 2);
  request.add_span(trace_id(1), 3).set_span_id("x");
  const Added added = add(store, request);
  CHECK(added.accepted == 1);
  CHECK(added.rejected == 2);
  CHECK(
      added.message ==
      "1 span without a trace id of 16 bytes that are not all zero, 1 span without a span id of 8 "
      "bytes that are not all zero");
  CHECK(store.stats().traces.rejected == 2);
}

TEST_CASE("metrics and logs are counted by requests and items") {
  Store store(k_ample);
  store.count(Signal::metrics, 5);
  store.count(Signal::logs, 2);
  store.count(Signal::logs, 0);
  const Stats stats = store.stats();
  CHECK(stats.metrics.requests == 1);
  CHECK(stats.metrics.accepted == 5);
  CHECK(stats.logs.requests == 2);
  CHECK(stats.logs.accepted == 2);
  CHECK(stats.traces.requests == 0);
}

TEST_CASE("the oldest trace by arrival goes first, whole, and late spans do not make it younger") {
  Store store(16 * 1024);
  const std::string text(1000, 'x');
  const auto send = [&](std::uint64_t trace) {
    Request request("cart");
    request.add_span(trace_id(trace), trace, text);
    CHECK(add(store, request).accepted == 1);
  };
  send(1);
  send(2);
  send(1);
  std::uint64_t next = 3;
  while (store.stats().traces.evicted == 0) {
    send(next++);
  }
  CHECK_FALSE(store.holds(trace_id(1)));
  CHECK(store.holds(trace_id(2)));
  CHECK(store.stats().traces.evicted == 2);
  CHECK(store.stats().memory <= 16 * 1024);
}

TEST_CASE("a span that cannot fit is rejected and evicts nothing") {
  Store store(16 * 1024);
  Request small("cart");
  small.add_span(trace_id(1), 1);
  add(store, small);
  Request huge("cart");
  huge.add_span(trace_id(2), 2, std::string(20'000, 'x'));
  const Added added = add(store, huge);
  CHECK(added.accepted == 0);
  CHECK(added.rejected == 1);
  CHECK(added.message == "1 span of a trace that does not fit into the memory limit of 16KiB");
  CHECK(store.holds(trace_id(1)));
  CHECK_FALSE(store.holds(trace_id(2)));
  CHECK(store.stats().traces.evicted == 0);
}

TEST_CASE("a span that is rejected evicts nothing, whatever its size") {
  constexpr std::uint64_t k_memory = 128 * 1024;
  Store store(k_memory);
  Request many;
  for (std::uint64_t scope = 1; scope <= 400; ++scope) {
    many.add_service("cart", "scope " + std::to_string(scope)).add_span(trace_id(scope), scope);
  }
  add(store, many);
  for (std::size_t size = k_memory; size > k_memory / 2; size -= 500) {
    CAPTURE(size);
    Request request("cart", "scope 400");
    request.add_span(trace_id(1000), 1, std::string(size, 'x'));
    const std::uint64_t evicted = store.stats().traces.evicted;
    if (add(store, request).accepted > 0) {
      break;
    }
    CHECK(store.stats().traces.evicted == evicted);
  }
  CHECK(store.holds(trace_id(1000)));
}

// Looked up for each scope anew, it would be copied and compared a gigabyte long.
TEST_CASE("a large resource of many scopes is looked at once") {
  Store store(k_ample);
  Request request("cart");
  add_attribute(*request.message().mutable_resource_spans(0)->mutable_resource(), "large")
      .set_string_value(std::string(8 << 20, 'x'));
  request.add_span(trace_id(1), 1);
  const auto scope = request.message().resource_spans(0).scope_spans(0);
  for (int count = 1; count < 20'000; ++count) {
    *request.message().mutable_resource_spans(0)->add_scope_spans() = scope;
  }
  CHECK(add(store, request).accepted == 20'000);
}

TEST_CASE("of a trace that is too large its first spans are held and the rest is rejected") {
  Store store(16 * 1024);
  Request request("cart");
  for (std::uint64_t span = 1; span <= 40; ++span) {
    request.add_span(trace_id(1), span, std::string(1000, 'x'));
  }
  const Added added = add(store, request);
  CHECK(added.accepted > 8);
  CHECK(added.accepted < 16);
  CHECK(added.accepted + added.rejected == 40);
  CHECK(span_count(read(store, trace_id(1))) == added.accepted);
  CHECK(store.stats().traces.evicted == 0);
  CHECK(store.stats().memory <= 16 * 1024);
}

TEST_CASE("a store without memory rejects everything") {
  Store store(0);
  Request request("cart");
  request.add_span(trace_id(1), 1);
  CHECK(add(store, request).rejected == 1);
  CHECK(store.stats().memory == 0);
}

// Everything that can be asked of the store agrees with what was put in and with the account.
void check_account(const Store& store, const std::map<TraceId, std::uint64_t>& sent,
                   std::uint64_t accepted, std::uint64_t max_memory) {
  const Stats stats = store.stats();
  CHECK(stats.memory <= max_memory);
  CHECK(stats.traces.accepted == accepted);
  CHECK(stats.traces.accepted == stats.traces.held + stats.traces.evicted);
  std::uint64_t held = 0;
  const std::vector<TraceId> ids = newest_ids(store, {}, 100'000);
  for (const TraceId& id : ids) {
    const std::size_t spans = span_count(read(store, id));
    CHECK(spans > 0);
    CHECK(spans <= sent.at(id));
    held += spans;
  }
  CHECK(held == stats.traces.held);
}

TEST_CASE("the account is exact and the memory bound kept over random sequences") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    const auto below = [&](std::uint64_t bound) { return random.next() % bound; };
    const std::uint64_t max_memory = 2'000 + below(60'000);
    Store store(max_memory);
    std::map<TraceId, std::uint64_t> sent;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    for (int round = 0; round < 120; ++round) {
      Request request;
      for (std::uint64_t services = 1 + below(3); services > 0; --services) {
        request.add_service("service-" + std::to_string(below(20)) + std::string(below(40), 's'));
        for (std::uint64_t spans = below(12); spans > 0; --spans) {
          const TraceId id = trace_id(1 + below(60));
          request.add_span(id, 1 + below(1000),
                           "op-" + std::to_string(below(500)) + std::string(below(300), 'x'),
                           below(10'000));
          ++sent[id];
        }
      }
      const Added added = add(store, request);
      accepted += added.accepted;
      rejected += added.rejected;
      CHECK(store.stats().memory <= max_memory);
      CHECK(store.stats().traces.rejected == rejected);
    }
    check_account(store, sent, accepted, max_memory);
  }
}

TEST_CASE("traces are found newest start first, then by id, page by page") {
  Store store(k_ample);
  Request request("cart");
  request.add_span(trace_id(5), 1, "a", 300);
  request.add_span(trace_id(3), 2, "b", 200);
  request.add_span(trace_id(4), 3, "c", 200);
  request.add_span(trace_id(1), 4, "d", 900);
  request.add_span(trace_id(1), 5, "e", 100);
  add(store, request);
  const std::vector<TraceId> all{trace_id(5), trace_id(3), trace_id(4), trace_id(1)};
  CHECK(newest_ids(store) == all);
  CHECK(newest_ids(store, {}, 0).empty());

  std::vector<TraceId> paged;
  std::optional<TracePlace> after;
  for (auto page = store.newest({}, 1, after); !page.empty(); page = store.newest({}, 1, after)) {
    REQUIRE(page.size() == 1);
    paged.push_back(page[0].id);
    after = page[0];
  }
  CHECK(paged == all);
}

TEST_CASE("a range is judged by earliest and latest start and by the services of the trace") {
  Store store(k_ample);
  Request request;
  request.add_service("cart").add_span(trace_id(1), 1, "a", 100);
  request.add_span(trace_id(2), 2, "b", 500);
  request.add_service("mail").add_span(trace_id(2), 3, "c", 700);
  add(store, request);
  CHECK(newest_ids(store, {.start_min = 101}) == std::vector{trace_id(2)});
  CHECK(newest_ids(store, {.start_max = 499}) == std::vector{trace_id(1)});
  CHECK(newest_ids(store, {.start_min = 600, .start_max = 650}) == std::vector{trace_id(2)});
  CHECK(newest_ids(store, {.start_min = 701}).empty());
  CHECK(newest_ids(store, {.service = "mail"}) == std::vector{trace_id(2)});
  CHECK(newest_ids(store, {.service = "cart"}).size() == 2);
  CHECK(newest_ids(store, {.service = "car"}).empty());
}

TEST_CASE("services and operations are noted, once each, and outlive their traces") {
  Store store(16 * 1024);
  Request request("cart");
  request.add_span(trace_id(1), 1, "get").set_kind(Span::SPAN_KIND_SERVER);
  request.add_span(trace_id(1), 2, "get").set_kind(Span::SPAN_KIND_CLIENT);
  request.add_span(trace_id(1), 3, "add");
  request.add_span(trace_id(1), 4, "add");
  add(store, request);
  for (std::uint64_t trace = 2; store.holds(trace_id(1)); ++trace) {
    Request filler("cart");
    filler.add_span(trace_id(trace), trace, "add").set_trace_state(std::string(1000, 'x'));
    add(store, filler);
  }
  CHECK(store.services() == std::vector<std::string>{"cart"});
  CHECK(store.operations("cart") == std::vector<Operation>{{"add", 0}, {"get", 2}, {"get", 3}});
  CHECK(store.operations("mail").empty());
}

TEST_CASE("names take a sixteenth of the memory at most") {
  Store store(64 * 1024);
  for (std::uint64_t span = 1; span <= 2000; ++span) {
    Request request("cart");
    request.add_span(trace_id(span), span, "operation number " + std::to_string(span));
    add(store, request);
  }
  CHECK(store.operations("cart").size() > 10);
  CHECK(store.operations("cart").size() < 64);
  CHECK(store.stats().memory <= 64 * 1024);
}

TEST_CASE("a wait for spans ends when they came, and says when they did not") {
  Store store(k_ample);
  CHECK(store.wait_for_spans(0, std::chrono::milliseconds(0)));
  CHECK_FALSE(store.wait_for_spans(1, std::chrono::milliseconds(1)));
  std::thread sender([&store] {
    Request request("cart");
    request.add_span(trace_id(1), 1);
    add(store, request);
  });
  CHECK(store.wait_for_spans(1, std::chrono::seconds(60)));
  sender.join();
}

TEST_CASE("many threads add and read at the same time") {
  Store store(256 * 1024);
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&store, thread] {
      Ingest ingest(store);
      for (std::uint64_t round = 0; round < 200; ++round) {
        Request request("service-" + std::to_string(thread));
        request.add_span(trace_id(thread * 1000 + round), 1, std::string(500, 'x'));
        request.add_span(trace_id(round), 2);
        (void)ingest.add(Signal::traces, request.bytes());
        std::string payload;
        store.append_trace(trace_id(round), payload);
        (void)store.newest({.service = "service-1"}, 5, std::nullopt);
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  const Stats stats = store.stats();
  CHECK(stats.traces.accepted + stats.traces.rejected == 4 * 200 * 2);
  CHECK(stats.traces.accepted == stats.traces.held + stats.traces.evicted);
  CHECK(stats.memory <= 256 * 1024);
}

}  // namespace
}  // namespace otelctl::server
