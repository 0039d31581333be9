// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "check/evaluate.hpp"
#include "check/read.hpp"
#include "tests/support/make_trace.hpp"
#include "trace/analysis.hpp"

namespace otelctl::test {

using AnyValue = std::variant<std::string_view, std::int64_t, double, bool>;
struct Pair {
  std::string_view key;
  AnyValue value;
};

// A span with attributes of any type. Times are milliseconds from the trace's zero.
struct FullSpan {
  std::uint64_t id = 0;
  std::uint64_t parent = 0;
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::string_view name;
  std::string_view service = "checkout";
  trace::SpanKind kind = trace::SpanKind::internal;
  trace::SpanStatus status = trace::SpanStatus::unset;
  std::vector<Pair> attributes = {};
  std::vector<Pair> resource = {};
  std::vector<std::string_view> events = {};
};

inline trace::Range append(trace::TraceBuilder& builder, const std::vector<Pair>& pairs) {
  const auto value_of = [&](const AnyValue& value) {
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      return trace::Value::of_text(builder.intern(*text));
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      return trace::Value::of_integer(*number);
    }
    if (const auto* number = std::get_if<double>(&value)) {
      return trace::Value::of_real(*number);
    }
    return trace::Value::of_boolean(std::get<bool>(value));
  };
  auto& attributes = builder.columns().attributes;
  const trace::Range range{static_cast<std::uint32_t>(attributes.size()),
                           static_cast<std::uint32_t>(pairs.size())};
  for (const Pair& pair : pairs) {
    attributes.push_back({builder.intern(pair.key), value_of(pair.value)});
  }
  return range;
}

inline trace::Trace make_full_trace(const std::vector<FullSpan>& spans, std::uint64_t number = 1) {
  constexpr std::uint64_t k_millisecond = 1'000'000;
  trace::TraceBuilder builder;
  for (const FullSpan& from : spans) {
    trace::Span span;
    span.id = span_id(from.id);
    span.parent_id = from.parent == 0 ? SpanId{} : span_id(from.parent);
    builder.set_times(span, k_zero + from.start * k_millisecond, k_zero + from.end * k_millisecond);
    span.name = builder.intern(from.name);
    span.resource = builder.add_resource();
    builder.resource(span.resource).attributes = append(builder, from.resource);
    builder.resource(span.resource).service = builder.intern(from.service);
    span.kind = from.kind;
    span.status = from.status;
    span.attributes = append(builder, from.attributes);
    span.events = {static_cast<std::uint32_t>(builder.columns().events.size()),
                   static_cast<std::uint32_t>(from.events.size())};
    for (const std::string_view name : from.events) {
      trace::Event event;
      event.name = builder.intern(name);
      builder.columns().events.push_back(event);
    }
    builder.add(trace_id(number), span);
  }
  return std::move(builder.finish().front());
}

// An order: two services, five spans, one of them failed.
inline std::vector<FullSpan> order_spans() {
  using trace::SpanKind;
  using trace::SpanStatus;
  return {
      {1,
       0,
       0,
       200,
       "POST /orders",
       "checkout",
       SpanKind::server,
       SpanStatus::unset,
       {{"http.request.method", "POST"},
        {"http.response.status_code", std::int64_t{201}},
        {"ratio", 1.5},
        {"cached", false}},
       {{"host.name", "a1"}}},
      {2, 1, 20, 100, "POST /charge", "payment", SpanKind::client, SpanStatus::ok},
      {3,
       2,
       30,
       50,
       "SELECT accounts",
       "payment",
       SpanKind::client,
       SpanStatus::unset,
       {{"db.system", "postgresql"}}},
      {4,
       2,
       55,
       95,
       "SELECT accounts",
       "payment",
       SpanKind::client,
       SpanStatus::unset,
       {{"db.system", "postgresql"}, {"db.statement", "SELECT * FROM accounts"}}},
      {5,
       1,
       110,
       150,
       "POST bank",
       "payment",
       SpanKind::client,
       SpanStatus::error,
       {{"authorization", "Bearer abcdef"}},
       {},
       {"exception", "retry"}},
  };
}

inline trace::Trace order_trace() {
  return make_full_trace(order_spans());
}

// "ok|FAIL NAME: EXPECTED / GOT / NEAREST", a line a check.
inline std::string lines_of(const std::vector<check::Check>& checks) {
  std::string lines;
  for (const check::Check& check : checks) {
    lines +=
        fmt::format("{} {}: {} / {}{}{}\n", check.ok ? "ok" : "FAIL", check.name, check.expected,
                    check.got, check.nearest.empty() ? "" : " / ", check.nearest);
  }
  return lines;
}

inline check::Expectation expectation_of(const std::string& keys) {
  const std::string yaml = "version: 1\nexpect:\n  - name: order\n" + keys;
  auto file = check::read_expectations("order.yaml", yaml, Environment());
  for (const config::Finding& finding : file.report.findings) {
    MESSAGE(finding.line << ": " << finding.message);
  }
  REQUIRE(file.is_valid);
  REQUIRE(file.expectations.size() == 1);
  return std::move(file.expectations.front());
}

// What the keys of an expectation, indented by four, say about a trace.
inline std::string judged(const trace::Trace& trace, const std::string& keys,
                          check::Typing typing = check::Typing::kept) {
  const trace::Analysis analysis(trace);
  return lines_of(check::evaluate(analysis, expectation_of(keys), typing));
}

}  // namespace otelctl::test
