// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/trace_search.hpp"

#include <doctest/doctest.h>

#include "server/ingest.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using opentelemetry::proto::trace::v1::Status;

std::string one_span(void (*fill)(Request&, Span&)) {
  Request request;
  Span& span = request.add_service("cart", "lib").add_span(trace_id(1), 1, "get", 1000, 4000);
  fill(request, span);
  return request.bytes();
}

bool has(const std::string& payload, std::map<std::string, std::string> attributes) {
  return matches(payload, {.attributes = std::move(attributes)});
}

TEST_CASE("service, operation, times and durations must hold for one span") {
  Request request;
  request.add_service("cart").add_span(trace_id(1), 1, "get", 1000, 4000);
  request.add_service("mail").add_span(trace_id(1), 2, "send", 9000, 9100);
  const std::string payload = request.bytes();
  using namespace std::chrono_literals;
  CHECK(matches(payload, {}));
  CHECK(matches(payload, {.service = "cart", .operation = "get"}));
  CHECK_FALSE(matches(payload, {.service = "cart", .operation = "send"}));
  CHECK(matches(payload, {.operation = "send", .start_min = 9000, .start_max = 9000}));
  CHECK_FALSE(matches(payload, {.service = "cart", .start_min = 1001}));
  CHECK_FALSE(matches(payload, {.service = "cart", .start_max = 999}));
  CHECK(matches(payload, {.duration_min = 3000ns}));
  CHECK_FALSE(matches(payload, {.duration_min = 3001ns}));
  CHECK(matches(payload, {.duration_max = 100ns}));
  CHECK_FALSE(matches(payload, {.service = "cart", .duration_max = 2999ns}));
  CHECK_FALSE(matches(payload, {.operation = "get", .duration_max = 100ns}));
}

TEST_CASE("attribute values are compared as text, whatever their type") {
  const std::string payload = one_span([](Request&, Span& span) {
    add_attribute(span, "text").set_string_value("a b");
    add_attribute(span, "int").set_int_value(-5);
    add_attribute(span, "real").set_double_value(1e15);
    add_attribute(span, "small").set_double_value(1e-7);
    add_attribute(span, "truth").set_bool_value(true);
    add_attribute(span, "bytes").set_bytes_value("\x01\x02");
    auto& list = *add_attribute(span, "list").mutable_array_value();
    list.add_values()->set_string_value("<x\"");
    list.add_values()->set_int_value(2);
    list.add_values();
    auto& map = *add_attribute(span, "map").mutable_kvlist_value();
    map.add_values()->set_key("z");
    auto* const first = map.add_values();
    first->set_key("a");
    first->mutable_value()->set_double_value(0.5);
  });
  CHECK(has(payload, {{"text", "a b"}}));
  CHECK_FALSE(has(payload, {{"text", "a"}}));
  CHECK_FALSE(has(payload, {{"tex", "a b"}}));
  CHECK(has(payload, {{"int", "-5"}, {"truth", "true"}}));
  CHECK_FALSE(has(payload, {{"int", "-5"}, {"truth", "false"}}));
  CHECK(has(payload, {{"real", "1000000000000000"}}));
  CHECK(has(payload, {{"small", "1e-7"}}));
  CHECK(has(payload, {{"bytes", "AQI="}}));
  CHECK(has(payload, {{"list", R"(["\u003cx\"",2,null])"}}));
  CHECK(has(payload, {{"map", R"({"a":0.5,"z":null})"}}));
}

TEST_CASE("attributes of scope, resource, events and links count too") {
  const std::string payload = one_span([](Request& request, Span& span) {
    auto& resource = *request.message().mutable_resource_spans(0);
    add_attribute(*resource.mutable_resource(), "host").set_string_value("h");
    add_attribute(*resource.mutable_scope_spans(0)->mutable_scope(), "scoped").set_int_value(1);
    span.add_events();
    add_attribute(*span.add_events(), "event.key").set_string_value("e");
    add_attribute(*span.add_links(), "link.key").set_string_value("l");
  });
  CHECK(has(payload, {{"host", "h"}, {"scoped", "1"}, {"event.key", "e"}, {"link.key", "l"}}));
  CHECK(has(payload, {{"resource.host", "h"}}));
  CHECK_FALSE(has(payload, {{"resource.scoped", "1"}}));
  CHECK_FALSE(has(payload, {{"event.key", "l"}}));
}

TEST_CASE("status, kind and scope have keys of their own") {
  const std::string failed = one_span([](Request&, Span& span) {
    span.mutable_status()->set_code(Status::STATUS_CODE_ERROR);
    span.set_kind(Span::SPAN_KIND_SERVER);
  });
  CHECK(has(failed, {{"error", "true"}}));
  CHECK_FALSE(has(failed, {{"error", "false"}}));
  CHECK_FALSE(has(failed, {{"error", "maybe"}}));
  CHECK(has(failed, {{"span.status", "error"}, {"span.kind", "server"}, {"scope.name", "lib"}}));
  CHECK_FALSE(has(failed, {{"span.kind", "client"}}));
  CHECK_FALSE(has(failed, {{"scope.version", "1"}}));
  const std::string plain = one_span([](Request&, Span&) {});
  CHECK_FALSE(has(plain, {{"error", "true"}}));
  // As in Jaeger: only a span that says OK is not an error.
  CHECK_FALSE(has(plain, {{"error", "false"}}));
  const std::string good = one_span(
      [](Request&, Span& span) { span.mutable_status()->set_code(Status::STATUS_CODE_OK); });
  CHECK(has(good, {{"error", "false"}}));
}

TEST_CASE("a search gives the newest that match, also when they are few among many") {
  Store store(std::uint64_t{64} << 20);
  Ingest ingest(store);
  for (std::uint64_t number = 1; number <= 3000; ++number) {
    Request request(number % 3 == 0 ? "mail" : "cart");
    request.add_span(trace_id(number), number, number % 1000 == 7 ? "rare" : "common", number * 10,
                     number * 10 + 5);
    REQUIRE(ingest.add(Signal::traces, request.bytes()).has_value());
  }
  using Ids = std::vector<TraceId>;
  CHECK(find_traces(store, {.limit = 2}) == Ids{trace_id(3000), trace_id(2999)});
  CHECK(find_traces(store, {.service = "mail", .limit = 2}) == Ids{trace_id(3000), trace_id(2997)});
  CHECK(find_traces(store, {.operation = "rare"}) ==
        Ids{trace_id(2007), trace_id(1007), trace_id(7)});
  CHECK(find_traces(store, {.operation = "rare", .limit = 1}) == Ids{trace_id(2007)});
  CHECK(find_traces(store, {.start_min = 50, .start_max = 60}) == Ids{trace_id(6), trace_id(5)});
  CHECK(find_traces(store, {.operation = "absent"}).empty());
  CHECK(find_traces(store, {.limit = 100'000}).size() == 3000);
  CHECK(find_traces(store, {.limit = 0}).empty());
}

TEST_CASE("a window that falls between the spans of a trace does not find it") {
  Store store(std::uint64_t{1} << 20);
  Ingest ingest(store);
  Request request("cart");
  request.add_span(trace_id(1), 1, "a", 100);
  request.add_span(trace_id(1), 2, "b", 900);
  REQUIRE(ingest.add(Signal::traces, request.bytes()).has_value());
  CHECK(find_traces(store, {.start_min = 200, .start_max = 800}).empty());
  CHECK(find_traces(store, {.start_min = 200, .start_max = 900}).size() == 1);
}

}  // namespace
}  // namespace otelctl::server
