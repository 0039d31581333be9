// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/environment.hpp"
#include "query/backend.hpp"
#include "query/last.hpp"
#include "settings/query_settings.hpp"
#include "tests/support/three_traces.hpp"

namespace otelctl::test {

// Numbers of traces, in the order of an answer.
using Numbers = std::vector<unsigned>;
using Paths = std::vector<std::string>;

inline std::unique_ptr<query::Backend> open(const std::string& url,
                                            const std::string& kind = "auto",
                                            std::vector<std::string> headers = {}) {
  settings::QueryFlags flags;
  flags.backend = url;
  flags.backend_kind = kind;
  flags.headers = std::move(headers);
  return query::open_backend(settings::resolve_query(flags, Environment()).value(), std::cin)
      .value();
}

inline query::LastQuery last_query() {
  query::LastQuery query;
  query.now = k_hour_after_zero;
  query.since = k_hour_after_zero - std::chrono::hours(2);
  return query;
}

inline Numbers numbers(const Result<query::LastTraces>& found) {
  CAPTURE((found ? "" : found.error().message));
  REQUIRE(found.has_value());
  Numbers ids;
  for (const trace::Summary& summary : found->traces) {
    ids.push_back(summary.id.bytes.back());
  }
  return ids;
}

// What every backend must find among three_traces().
inline void check_filters(query::Backend& backend) {
  query::LastQuery query = last_query();
  CHECK(numbers(find_last(backend, query)) == Numbers{3, 2, 1});
  query.count = 1;
  CHECK(numbers(find_last(backend, query)) == Numbers{3});
  query = last_query();
  query.filter.tags = {{"card", "visa"}};
  CHECK(numbers(find_last(backend, query)) == Numbers{1});
  query.filter.tags = {{"card", "other"}};
  CHECK(numbers(find_last(backend, query)).empty());
  query = last_query();
  query.filter.must_have_failed = true;
  CHECK(numbers(find_last(backend, query)) == Numbers{3});
  query = last_query();
  query.filter.operation = "GET /";
  CHECK(numbers(find_last(backend, query)) == Numbers{3, 1});
  query = last_query();
  query.services = {"payment", "mail"};
  CHECK(numbers(find_last(backend, query)) == Numbers{2, 1});
  query = last_query();
  query.min_duration = std::chrono::microseconds(1500);
  CHECK(numbers(find_last(backend, query)) == Numbers{2, 1});
  query.max_duration = std::chrono::microseconds(2500);
  CHECK(numbers(find_last(backend, query)) == Numbers{2});
  query = last_query();
  query.until = k_hour_after_zero - std::chrono::minutes(35);
  CHECK(numbers(find_last(backend, query)) == Numbers{2, 1});
}

}  // namespace otelctl::test
