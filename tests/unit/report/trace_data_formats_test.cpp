// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/trace_data_formats.hpp"

#include <algorithm>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "query/jaeger_json.hpp"
#include "query/otlp_json.hpp"
#include "report/trace_formats.hpp"
#include "tests/support/make_trace.hpp"
#include "tests/support/read_traces.hpp"
#include "trace/tree.hpp"
#include "trace/value_json.hpp"

using namespace otelctl;
using namespace otelctl::report;
using trace::Trace;

namespace {

template <typename Reader>
Trace read_one(const std::string& text) {
  auto traces = test::read_traces<Reader>(text);
  REQUIRE(traces.has_value());
  REQUIRE(traces->size() == 1);
  return std::move(traces->front());
}

// Every type of value, every field of a span, hostile text, secrets; a span of a resource without
// attributes, one without a name, an orphan.
Trace everything() {
  return read_one<query::OtlpJsonReader>(test::test_data("traces/everything.json"));
}

std::string written(std::string_view format, Trace trace) {
  const TraceDetail detail{{"jaeger", "v3", "http://localhost:16686"}, {}, std::move(trace)};
  std::ostringstream out;
  find_trace_format(format)->write(out, detail);
  return out.str();
}

std::string attributes_of(const Trace& trace, trace::Range range) {
  std::string text;
  for (const trace::Attribute& attribute : trace.attributes(range)) {
    text += fmt::format(" {}={}", trace.text(attribute.key),
                        trace::otlp_value_json(trace.columns->texts, attribute.value));
  }
  return text;
}

// All that a span has, in words that two traces share exactly when they are equal.
std::string described(const Trace& trace, const trace::Span& span) {
  const trace::Resource& resource = trace.columns->resources[span.resource];
  const trace::Scope& scope = trace.columns->scopes[span.scope];
  std::string text = fmt::format(
      "{} in {}, {} {} {} state={} flags={}\n{} {}\nservice {}, resource{}\nscope {} {}{}\n"
      "status {} {}\nattributes{} dropped {}\n",
      to_hex(span.id), to_hex(span.parent_id), to_hex(trace.id), trace.text(span.name),
      name_of(span.kind), trace.text(span.trace_state), span.flags,
      span.start.time_since_epoch().count(), span.duration.count(), trace.service(span),
      attributes_of(trace, resource.attributes), trace.text(scope.name), trace.text(scope.version),
      attributes_of(trace, scope.attributes), name_of(span.status), trace.text(span.status_message),
      attributes_of(trace, span.attributes), span.dropped_attributes);
  for (const trace::Event& event : trace.events(span)) {
    text += fmt::format("event {} {}{} dropped {}\n", event.time.time_since_epoch().count(),
                        trace.text(event.name), attributes_of(trace, event.attributes),
                        event.dropped_attributes);
  }
  for (const trace::Link& link : trace.links(span)) {
    text += fmt::format("link {} {} {}{} flags {} dropped {}\n", to_hex(link.trace_id),
                        to_hex(link.span_id), trace.text(link.trace_state),
                        attributes_of(trace, link.attributes), link.flags, link.dropped_attributes);
  }
  return text +
         fmt::format("dropped {} events, {} links\n", span.dropped_events, span.dropped_links);
}

std::string described(const Trace& trace) {
  std::vector<std::string> spans;
  for (const trace::Span& span : trace.spans) {
    spans.push_back(described(trace, span));
  }
  std::sort(spans.begin(), spans.end());
  std::string text;
  for (const std::string& span : spans) {
    text += span + '\n';
  }
  return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("OTLP JSON is read back with every field but the secrets") {
  const std::string text = written("otlp-json", everything());
  std::string expected = described(everything());
  constexpr std::string_view k_hidden = R"({"stringValue":"[REDACTED]"})";
  expected = replaced(expected, R"({"stringValue":"Bearer abcdefghij"})", k_hidden);
  expected = replaced(expected, R"(cookie={"arrayValue":{"values":[{"stringValue":"id=1"}]}})",
                      fmt::format("cookie={}", k_hidden));
  expected = replaced(
      expected,
      R"(headers={"kvlistValue":{"values":[{"key":"x-api-key","value":{"stringValue":"k"}}]}})",
      fmt::format("headers={}", k_hidden));
  CHECK(described(read_one<query::OtlpJsonReader>(text)) == expected);
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
}

TEST_CASE("OTLP JSON of OTLP JSON is the same bytes") {
  const std::string once = written("otlp-json", everything());
  CHECK(written("otlp-json", read_one<query::OtlpJsonReader>(once)) == once);
}

TEST_CASE("OTLP JSON has each resource once, and each scope once within it") {
  std::vector<test::ShortSpan> spans;
  for (std::uint64_t id = 1; id <= 10; ++id) {
    spans.push_back({id, 0, id, id + 1, "span", id % 2 == 0 ? "even" : "odd"});
  }
  const std::string text = written("otlp-json", test::make_trace(spans));
  const auto times = [&](std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
      ++count;
    }
    return count;
  };
  CHECK(times("\"resource\":") == 2);
  CHECK(times("\"scope\":") == 2);
  CHECK(times("\"spanId\":") == 10);
  // The service is known without the attribute, as from Jaeger's legacy JSON.
  CHECK(times(R"({"key":"service.name","value":{"stringValue":"odd"}})") == 1);
}

TEST_CASE("the formats of a trace with everything") {
  CHECK(written("otlp-json", everything()) == test::test_data("traces/everything.otlp.json"));
  CHECK(written("jaeger-json", everything()) == test::test_data("traces/everything.jaeger.json"));
  CHECK(written("zipkin-json", everything()) == test::test_data("traces/everything.zipkin.json"));
  CHECK(written("csv", everything()) == test::test_data("traces/everything.csv"));
  CHECK(written("markdown", everything()) == test::test_data("traces/everything.md"));
}

TEST_CASE("what Jaeger's JSON can hold is read back from it") {
  // Without what it loses: nanoseconds, flags, dropped counts, attributes of scopes and links,
  // types within arrays; and service.name, which is the process's name there.
  const std::string text =
      R"({"resourceSpans":[{"resource":{"attributes":[{"key":"host","value":{"stringValue":"n"}}]},)"
      R"("scopeSpans":[{"scope":{"name":"s","version":"1"},"spans":[)"
      R"({"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"root",)"
      R"("kind":2,"traceState":"a=b","startTimeUnixNano":"1787220000123456000",)"
      R"("endTimeUnixNano":"1787220000133456000","attributes":[)"
      R"({"key":"t","value":{"stringValue":"x"}},{"key":"b","value":{"boolValue":true}},)"
      R"({"key":"i","value":{"intValue":"9223372036854775807"}},)"
      R"({"key":"d","value":{"doubleValue":2}},{"key":"n","value":{"doubleValue":"NaN"}},)"
      R"({"key":"y","value":{"bytesValue":"AAE="}}],)"
      R"("events":[{"timeUnixNano":"1787220000124456000","name":"e","attributes":[)"
      R"({"key":"k","value":{"intValue":"1"}}]}],)"
      R"("links":[{"traceId":"00000000000000001111111111111111","spanId":"2222222222222222"}],)"
      R"("status":{"code":2,"message":"no"}},)"
      R"({"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203332","name":"child",)"
      R"("parentSpanId":"b7ad6b7169203331","startTimeUnixNano":"1787220000124456000",)"
      R"("endTimeUnixNano":"1787220000125456000","status":{"code":1}}]}]}]})";
  const Trace trace = read_one<query::OtlpJsonReader>(text);
  const Trace back = read_one<query::JaegerJsonReader>(written("jaeger-json", trace));
  CHECK(described(back) == described(trace));
}

TEST_CASE("the parent is Jaeger's first reference, and a link to it gives the type") {
  const auto with_link = [](const std::string& attributes) {
    return written("jaeger-json",
                   read_one<query::OtlpJsonReader>(
                       R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":)"
                       R"("0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203332",)"
                       R"("parentSpanId":"b7ad6b7169203331","links":[{"traceId":)"
                       R"("11111111111111111111111111111111","spanId":"2222222222222222"},)"
                       R"({"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":)"
                       R"("b7ad6b7169203331","attributes":[)" +
                       attributes + R"(]}]}]}]}]})"));
  };
  constexpr std::string_view k_other =
      R"({"refType":"FOLLOWS_FROM","traceID":"11111111111111111111111111111111","spanID":"2222222222222222"}])";
  const auto parent = [&](std::string_view type) {
    return fmt::format(R"("references":[{{"refType":"{}","traceID":)"
                       R"("0af7651916cd43dd8448eb211c80319c","spanID":"b7ad6b7169203331"}},)",
                       type) +
           std::string(k_other);
  };
  CHECK(with_link("").find(parent("FOLLOWS_FROM")) != std::string::npos);
  CHECK(with_link(R"({"key":"opentracing.ref_type","value":{"stringValue":"child_of"}})")
            .find(parent("CHILD_OF")) != std::string::npos);
}

TEST_CASE("base64 that is none becomes text, so that no reader refuses the trace") {
  const Trace trace = read_one<query::OtlpJsonReader>(
      R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c",)"
      R"("spanId":"b7ad6b7169203332","attributes":[{"key":"k","value":{"bytesValue":"???"}}]}]}]}]})");
  CHECK(written("otlp-json", trace).find(R"({"stringValue":"???"})") != std::string::npos);
  CHECK(written("jaeger-json", trace).find(R"("type":"string","value":"???")") !=
        std::string::npos);
}

TEST_CASE("a span that is its own parent and one without a duration are what Zipkin takes") {
  const std::string text = written("zipkin-json", test::make_trace({{1, 1, 5, 5}}));
  CHECK(text.find("parentId") == std::string::npos);
  CHECK(text.find("\"duration\":1,") != std::string::npos);
}

TEST_CASE("an address that is none stays a tag, because Zipkin would lose it") {
  const std::string text = written(
      "zipkin-json", test::make_trace({{1, 0, 5, 9, "n", "s", trace::SpanKind::client,
                                        trace::SpanStatus::unset, "net.peer.ip", "10.0.0.999"}}));
  CHECK(text.find("remoteEndpoint") == std::string::npos);
  CHECK(text.find(R"("net.peer.ip":"10.0.0.999")") != std::string::npos);
}

TEST_CASE("self times of spans that took all the time there is add up to no more") {
  trace::Trace trace = test::make_trace({{1, 0, 0, 9}, {2, 0, 0, 9}});
  for (trace::Span& span : trace.spans) {
    span.start = Time{};
    span.duration = nanoseconds::max();
  }
  CHECK(written("markdown", std::move(trace)).find("| 2 | 0 | 106751d 23h |") != std::string::npos);
}

TEST_CASE("Markdown names so many spans as a comment can hold") {
  std::vector<test::ShortSpan> spans;
  const std::string name(5000, '`');
  for (std::uint64_t id = 1; id <= 3000; ++id) {
    spans.push_back({id, id - 1, id, 10000 - id, name, name, trace::SpanKind::internal,
                     trace::SpanStatus::error});
  }
  const std::string text = written("markdown", test::make_trace(spans));
  CHECK(text.size() < 65536);
  CHECK(text.find("2900 spans not shown, 2900 of them failed") != std::string::npos);
  CHECK(text.find("And 2990 failed spans more.") != std::string::npos);
}
