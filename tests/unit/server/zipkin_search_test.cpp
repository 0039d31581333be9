// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/zipkin_search.hpp"

#include <doctest/doctest.h>

#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;

const Time k_now{std::chrono::hours(48)};

Result<ZipkinQuery> read(std::multimap<std::string, std::string> parameters) {
  HttpHead head;
  head.parameters = std::move(parameters);
  return read_zipkin_query(head, k_now);
}

std::string fault(std::multimap<std::string, std::string> parameters) {
  const auto query = read(std::move(parameters));
  return query ? "none" : query.error().message;
}

// The trace of a shop that calls a bank, at 1 s after the epoch.
std::string shop_and_bank() {
  constexpr std::uint64_t k_second = 1'000'000'000;
  Request request;
  Span& shop =
      request.add_service("Shop").add_span(trace_id(1), 1, "Buy", k_second, k_second + 3'000'000);
  add_attribute(shop, "food").set_string_value("bread");
  shop.add_events()->set_name("tick");
  Span& bank = request.add_service("bank").add_span(trace_id(1), 2, "pay", k_second + 1'000'000,
                                                    k_second + 2'000'000);
  bank.mutable_status()->set_code(opentelemetry::proto::trace::v1::Status::STATUS_CODE_ERROR);
  add_attribute(bank, "n").set_int_value(7);
  return request.bytes();
}

bool finds(std::multimap<std::string, std::string> parameters) {
  parameters.emplace("endTs", "2000");
  const auto query = read(std::move(parameters));
  CAPTURE((query ? "" : query.error().message));
  REQUIRE(query.has_value());
  return matches(shop_and_bank(), *query);
}

TEST_CASE("without parameters it asks for ten of the last day") {
  const auto query = read({});
  REQUIRE(query.has_value());
  CHECK(query->limit == 10);
  CHECK(Time{nanoseconds{static_cast<std::int64_t>(query->start_max)}} == k_now);
  CHECK(query->start_max - query->start_min == 86'400'000'000'000);
}

TEST_CASE("parameters that Zipkin refuses are refused") {
  CHECK(fault({{"limit", "0"}}) == "limit is not a positive number");
  CHECK(fault({{"endTs", "x"}}) == "endTs is not a positive number");
  CHECK(fault({{"lookback", "-1"}}) == "lookback is not a positive number");
  CHECK(fault({{"maxDuration", "5"}}) == "maxDuration is only valid with minDuration");
  CHECK(fault({{"minDuration", "6"}, {"maxDuration", "5"}}) == "maxDuration < minDuration");
  CHECK(fault({{"endTs", "18446744073709551615"}, {"minDuration", "18446744073709551615"}}) ==
        "none");
}

TEST_CASE("each part may be met by another span, of the named service") {
  CHECK(finds({}));
  CHECK(finds({{"serviceName", "SHOP"}, {"spanName", "buy"}}));
  CHECK(finds({{"spanName", "all"}}));
  CHECK_FALSE(finds({{"serviceName", "shop"}, {"spanName", "pay"}}));
  CHECK(finds({{"annotationQuery", "food=bread and n=7 and error and tick"}}));
  CHECK(finds({{"annotationQuery", "food"}}));
  CHECK(finds({{"annotationQuery", "error=true"}}));
  CHECK_FALSE(finds({{"annotationQuery", "food=cake"}}));
  CHECK_FALSE(finds({{"annotationQuery", "service.name=bank"}}));
  CHECK_FALSE(finds({{"serviceName", "shop"}, {"annotationQuery", "error"}}));
  CHECK_FALSE(finds({{"serviceName", "nobody"}}));
}

TEST_CASE("durations are microseconds of a span, times those of the trace's start") {
  CHECK(finds({{"minDuration", "3000"}}));
  CHECK_FALSE(finds({{"minDuration", "3001"}}));
  CHECK(finds({{"minDuration", "1"}, {"maxDuration", "1000"}}));
  CHECK_FALSE(finds({{"minDuration", "1"}, {"maxDuration", "999"}}));
  CHECK(finds({{"lookback", "1000"}}));
  CHECK_FALSE(finds({{"lookback", "999"}}));
}

}  // namespace
}  // namespace otelctl::server
