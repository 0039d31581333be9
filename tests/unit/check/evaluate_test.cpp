// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/check/support.hpp"

using namespace otelctl;
using namespace otelctl::test;

TEST_CASE("the trace as a whole") {
  CHECK(judged(order_trace(),
               "    trace: {spans: \">=5\", services: [checkout, pay*], max_duration: 1s,\n"
               "            min_duration: 10ms, duration: \">100ms <300ms\", errors: 1,\n"
               "            orphans: 0, roots: 1, max_depth: 2}\n") ==
        "ok spans: >=5 / 5\n"
        "ok services: checkout, pay* / checkout, payment\n"
        "ok max_duration: <=1s / 200ms\n"
        "ok min_duration: >=10ms / 200ms\n"
        "ok duration: >100ms and <300ms / 200ms\n"
        "ok errors: 1 / 1\n"
        "ok orphans: 0 / 0\n"
        "ok roots: 1 / 1\n"
        "ok max_depth: <=2 / 2\n");
}

TEST_CASE("what is wrong with a trace names the span") {
  CHECK(judged(order_trace(),
               "    trace: {max_duration: 100ms, errors: 0, roots: 2, max_depth: 1}\n") ==
        "FAIL max_duration: <=100ms / 200ms\n"
        "FAIL errors: 0 / 1 / POST bank @payment\n"
        "FAIL roots: 2 / 1 / POST /orders @checkout\n"
        "FAIL max_depth: <=1 / 2 / SELECT accounts @payment\n");
}

TEST_CASE("orphans count, and may yet find their parents") {
  const trace::Trace trace = make_full_trace({{1, 0, 0, 10, "root"}, {2, 9, 1, 2, "lost"}});
  const trace::Analysis analysis(trace);
  const auto checks =
      check::evaluate(analysis, expectation_of("    trace: {orphans: 0, roots: 1}\n"));
  CHECK(lines_of(checks) ==
        "FAIL orphans: 0 / 1 / lost @checkout\n"
        "ok roots: 1 / 1\n");
  CHECK(checks.front().may_heal);
}

TEST_CASE("only missing spans and services say that a trace is not complete") {
  const trace::Trace trace = order_trace();
  const trace::Analysis analysis(trace);
  const auto completeness = [&](const std::string& keys) {
    const auto checks = check::evaluate(analysis, expectation_of(keys));
    return checks.size() == 1 && !checks.front().ok && checks.front().is_of_completeness;
  };
  CHECK(completeness("    trace: {spans: \">=6\"}\n"));
  CHECK(completeness("    trace: {spans: 6}\n"));
  CHECK_FALSE(completeness("    trace: {spans: 4}\n"));
  CHECK(completeness("    trace: {services: [stock]}\n"));
  CHECK_FALSE(completeness("    trace: {errors: 2}\n"));
  CHECK_FALSE(completeness("    spans: [{match: {name: DELETE}}]\n"));
}

TEST_CASE("a truncated trace is not whole unless that is allowed") {
  trace::Trace trace = order_trace();
  trace.is_truncated = true;
  CHECK(judged(trace, "    trace: {roots: 1}\n").starts_with("FAIL whole: all spans"));
  CHECK(judged(trace, "    trace: {roots: 1}\n    allow_partial: true\n") == "ok roots: 1 / 1\n");
}

TEST_CASE("spans that match, and what each of them has to be") {
  CHECK(judged(order_trace(),
               "    spans:\n"
               "      - match: {name: SELECT*, service: payment, kind: client, status: unset}\n"
               "        count: 2\n"
               "        each: {max_duration: 50ms, status: [unset, ok], kind: client}\n"
               "        attributes: {db.system: postgresql}\n"
               "        events: [{name: exception, count: 0}]\n") ==
        "ok span SELECT* @payment client status unset: 2 / 2\n"
        "ok span SELECT* @payment client status unset: max_duration: <=50ms / 40.0ms\n"
        "ok span SELECT* @payment client status unset: kind: client / client\n"
        "ok span SELECT* @payment client status unset: status: unset or ok / unset\n"
        "ok span SELECT* @payment client status unset: attribute db.system: 'postgresql' / "
        "'postgresql'\n"
        "ok span SELECT* @payment client status unset: event exception: 0 / 0\n");
}

TEST_CASE("of several spans the first that is wrong is named, and how many are") {
  const trace::Trace trace = order_trace();
  const trace::Analysis analysis(trace);
  const auto checks =
      check::evaluate(analysis, expectation_of("    spans:\n"
                                               "      - match: {name: SELECT*}\n"
                                               "        each: {max_duration: 30ms}\n"
                                               "        attributes: {db.statement: present}\n"));
  CHECK(lines_of(checks) ==
        "ok span SELECT*: >=1 / 2\n"
        "FAIL span SELECT*: max_duration: <=30ms / 40.0ms in 1 of 2 spans\n"
        "FAIL span SELECT*: attribute db.statement: present / absent in 1 of 2 spans\n");
  CHECK(checks[1].span_id == span_id(4));
  CHECK(checks[2].span_id == span_id(3));
}

TEST_CASE("events") {
  CHECK(judged(order_trace(),
               "    spans: [{match: {name: POST bank}, events: [{name: exception}, {name: re*, "
               "count: 2}, {name: timeout}]}]\n") ==
        "ok span POST bank: >=1 / 1\n"
        "ok span POST bank: event exception: >=1 / 1\n"
        "FAIL span POST bank: event re*: 2 / 1 / its events are: exception, retry\n"
        "FAIL span POST bank: event timeout: >=1 / 0 / its events are: exception, retry\n");
}

TEST_CASE("attributes of the resource count for its spans") {
  CHECK(judged(order_trace(),
               "    spans: [{match: {name: POST /orders, attributes: {host.name: a1}},\n"
               "             attributes: {\"resource:host.name\": \"a?\", \"resource:cached\": "
               "absent}}]\n")
            .find("FAIL") == std::string::npos);
}

TEST_CASE("the nearest miss of a span that is not there") {
  const trace::Trace trace = order_trace();
  const auto nearest = [&](const std::string& match) {
    const trace::Analysis analysis(trace);
    const auto checks =
        check::evaluate(analysis, expectation_of("    spans: [{match: {" + match + "}}]\n"));
    REQUIRE(checks.size() == 1);
    CHECK_FALSE(checks.front().ok);
    CHECK(checks.front().may_heal);
    return checks.front().nearest;
  };
  CHECK(nearest("name: SELECT, service: payment") ==
        "no span 'SELECT'; payment has: POST /charge, SELECT accounts, POST bank");
  CHECK(nearest("name: POST bnk, service: payment") ==
        "no span 'POST bnk'; payment has: POST /charge, SELECT accounts, POST bank; did you mean "
        "'POST bank'?");
  CHECK(nearest("name: POST bank, service: paymnt") ==
        "no service 'paymnt'; did you mean 'payment'?");
  CHECK(nearest("name: x, service: stock") == "no service 'stock'; there are: checkout, payment");
  CHECK(nearest("name: POST bank, kind: server") ==
        "one POST bank, but kind is client, not server");
  CHECK(nearest("name: POST bank, status: ok") == "one POST bank, but status is error, not ok");
  CHECK(nearest("name: SELECT*, attributes: {db.system: mysql}") ==
        "2 SELECT*, but of the first db.system is 'postgresql', not 'mysql'");
  CHECK(nearest("name: DELETE").starts_with("no span 'DELETE'; the trace has: POST /orders,"));
}

TEST_CASE("a span that must not be there") {
  CHECK(judged(order_trace(), "    spans: [{match: {name: POST bank}, count: 0}]\n") ==
        "FAIL span POST bank: 0 / 1\n");
  CHECK(judged(order_trace(), "    spans: [{match: {name: DELETE}, count: 0}]\n") ==
        "ok span DELETE: 0 / 0\n");
}
