// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/empty_answer.hpp"

#include <doctest/doctest.h>

#include "tests/support/memory_backend.hpp"

using namespace otelctl;
using namespace otelctl::query;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using test::k_now;
using test::make_summary;
using test::MemoryBackend;

namespace {

LastQuery last_hour() {
  LastQuery query;
  query.now = k_now;
  query.since = k_now - hours(1);
  return query;
}

}  // namespace

TEST_CASE("a backend that knows no service is empty") {
  MemoryBackend backend;
  const EmptyAnswer empty = explain_empty(backend, last_hour());
  CHECK(empty.reason == "the backend holds no traces: it knows no service");
}

TEST_CASE("a service that is not known is answered with the nearest") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1), {"checkout"}),
                    make_summary(2, minutes(1), {"mail"})};
  LastQuery query = last_hour();
  query.services = {"chekout"};
  CHECK(explain_empty(backend, query).reason == "no service 'chekout'");
  CHECK(explain_empty(backend, query).hint == "did you mean 'checkout'?");
  query.services = {"something else"};
  CHECK(explain_empty(backend, query).hint == "there are: checkout, mail");
}

TEST_CASE("a service that the backend has under another name is answered with that") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1), {"checkout"}),
                    make_summary(2, minutes(1), {"mail.production"}),
                    make_summary(3, minutes(1), {"missing-service-name"})};
  LastQuery query = last_hour();
  query.services = {"Checkout"};
  CHECK(explain_empty(backend, query).hint ==
        "did you mean 'checkout'? upper and lower case count");
  query.services = {"mail"};
  CHECK(explain_empty(backend, query).hint == "did you mean 'mail.production'?");
  query.services = {"checkout.test"};
  CHECK(explain_empty(backend, query).hint == "did you mean 'checkout'?");
  query.services = {"something else"};
  CHECK(explain_empty(backend, query).hint ==
        "there are: checkout, mail.production, missing-service-name; spans that name no service "
        "are those of 'missing-service-name'");
}

TEST_CASE("an operation that no service has is answered with the nearest of all") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1)), make_summary(2, minutes(1), {"mail"})};
  LastQuery query = last_hour();
  query.filter.operation = "wrok";
  CHECK(explain_empty(backend, query).reason == "no service has an operation 'wrok'");
  CHECK(explain_empty(backend, query).hint == "did you mean 'work'?");
}

TEST_CASE("a trace of the future speaks of clocks, one after --until of that") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, -hours(2))};
  CHECK(explain_empty(backend, last_hour()).reason ==
        "the newest trace began in 2h 0m, which is in the future");
  CHECK(explain_empty(backend, last_hour()).hint ==
        "compare the clocks of the hosts; --until 2026-08-20T14:00:01Z shows it");
  backend.traces = {make_summary(1, minutes(5))};
  LastQuery query = last_hour();
  query.until = k_now - minutes(30);
  CHECK(explain_empty(backend, query).reason ==
        "no trace until 2026-08-20T11:30:00Z; the newest began at 2026-08-20T11:55:00Z");
  CHECK(explain_empty(backend, query).hint == "leave out --until");
}

TEST_CASE("an operation that is not known is answered with the nearest") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1))};
  LastQuery query = last_hour();
  query.services = {"shop"};
  query.filter.operation = "wrok";
  CHECK(explain_empty(backend, query).reason == "service 'shop' has no operation 'wrok'");
  CHECK(explain_empty(backend, query).hint == "did you mean 'work'?");
}

TEST_CASE("the filter that keeps the traces out is named") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1))};
  LastQuery query = last_hour();
  query.filter.must_have_failed = true;
  CHECK(explain_empty(backend, query).reason == "no trace in this time matches --errors");
  query = last_hour();
  query.min_duration = hours(1);
  CHECK(explain_empty(backend, query).reason == "no trace in this time matches --min-duration");
  query.filter.tags = {{"a", "b"}};
  CHECK(explain_empty(backend, query).reason == "no trace in this time matches all of the filters");
  query.min_duration.reset();
  CHECK(explain_empty(backend, query).reason == "no trace in this time matches --tag a=b");
}

TEST_CASE("an older trace says how far to look back") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, hours(3) + minutes(12))};
  const EmptyAnswer empty = explain_empty(backend, last_hour());
  CHECK(empty.reason == "no trace since 2026-08-20T11:00:00Z; the newest is 3h 12m old");
  CHECK(empty.hint == "use --since 4h");
  backend.traces = {make_summary(1, hours(24 * 9))};
  CHECK(explain_empty(backend, last_hour()).hint == "use --since 9d");
}

TEST_CASE("a backend that lists the services of the searched time is not said to be empty") {
  MemoryBackend backend;
  backend.lists_searched_services = true;
  backend.traces = {make_summary(1, hours(3) + minutes(12), {"mail"}),
                    make_summary(2, hours(24 * 5))};
  const auto searched = [&](const LastQuery& query) {
    CHECK(find_last(backend, query)->traces.empty());
    return explain_empty(backend, query);
  };
  CHECK(searched(last_hour()).hint == "use --since 4h");
  LastQuery query = last_hour();
  query.services = {"shop"};
  CHECK(searched(query).reason == "no trace since 2026-08-20T11:00:00Z; the newest is 5d 0h old");
  query.services = {"shup"};
  CHECK(searched(query).reason == "no service 'shup'");
  backend.longest_time = hours(24 * 7);
  query.services = {"shop"};
  CHECK(searched(query).hint == "use --since 5d");
}

TEST_CASE("where nothing explains it, the time that was searched is named") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, hours(24 * 90))};
  CHECK(explain_empty(backend, last_hour()).reason ==
        "no trace between 2026-08-20T11:00:00Z and 2026-08-20T12:00:00Z");
}

TEST_CASE("names from the backend are escaped") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1), {"evil\x1b[2J"})};
  LastQuery query = last_hour();
  query.services = {"other"};
  CHECK(explain_empty(backend, query).hint == "there are: evil\\x1b[2J");
}
