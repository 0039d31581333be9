// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_json.hpp"

#include <random>
#include <string>

#include <doctest/doctest.h>

#include "query/otlp_json.hpp"
#include "tests/support/read_traces.hpp"
#include "trace/tree.hpp"
#include "trace/value_json.hpp"

using namespace otelctl;
using query::JaegerJsonReader;
using test::read_traces;
using test::test_data;
using trace::Trace;

namespace {

Trace read_one(std::string_view text, std::size_t piece = std::string_view::npos) {
  auto traces = read_traces<JaegerJsonReader>(text, piece);
  REQUIRE(traces.has_value());
  REQUIRE(traces->size() == 1);
  return std::move(traces->front());
}

std::string attributes(const Trace& trace, trace::Range range) {
  std::string text;
  for (const auto& each : trace.attributes(range)) {
    text += std::string(trace.text(each.key)) + "=" +
            trace::value_json(trace.columns->texts, each.value) + " ";
  }
  return text;
}

std::string answer_with(const std::string& members) {
  return R"({"data":[{"traceID":"0af7651916cd43dd8448eb211c80319c","spans":[{"traceID":)"
         R"("0af7651916cd43dd8448eb211c80319c","spanID":"b7ad6b7169203331","processID":"p1",)" +
         members + R"(}],"processes":{"p1":{"serviceName":"s"}}}]})";
}

std::string tag_of(const std::string& tag) {
  const Trace trace = read_one(answer_with(R"("tags":[)" + tag + "]"));
  return attributes(trace, trace.spans[0].attributes);
}

std::string parent_of(const std::string& references) {
  const Trace trace = read_one(answer_with(R"("references":[)" + references + "]"));
  return to_hex(trace.spans[0].parent_id) + " " + std::to_string(trace.spans[0].links.count);
}

}  // namespace

TEST_CASE("both dialects give the same trace") {
  const Trace legacy = read_one(test_data("jaeger/checkout_legacy.json"));
  const auto read = read_traces<query::OtlpJsonReader>(test_data("jaeger/checkout_v3.json"));
  REQUIRE(read.has_value());
  const Trace& v3 = read->front();
  CHECK(legacy.id == v3.id);
  REQUIRE(legacy.spans.size() == v3.spans.size());
  for (std::size_t index = 0; index < v3.spans.size(); ++index) {
    const trace::Span& left = legacy.spans[index];
    const trace::Span& right = v3.spans[index];
    CHECK(left.id == right.id);
    CHECK(left.parent_id == right.parent_id);
    CHECK(left.start == right.start);
    CHECK(left.duration == right.duration);
    CHECK(left.kind == right.kind);
    CHECK(left.status == right.status);
    CHECK(legacy.text(left.name) == v3.text(right.name));
    CHECK(legacy.text(left.status_message) == v3.text(right.status_message));
    CHECK(legacy.service(left) == v3.service(right));
    CHECK(legacy.text(legacy.columns->scopes[left.scope].name) ==
          v3.text(v3.columns->scopes[right.scope].name));
    CHECK(attributes(legacy, left.attributes) == attributes(v3, right.attributes));
    REQUIRE(left.events.count == right.events.count);
    for (std::size_t event = 0; event < left.events.count; ++event) {
      const trace::Event& of_left = legacy.events(left)[event];
      const trace::Event& of_right = v3.events(right)[event];
      CHECK(legacy.text(of_left.name) == v3.text(of_right.name));
      CHECK(of_left.time == of_right.time);
      CHECK(attributes(legacy, of_left.attributes) == attributes(v3, of_right.attributes));
    }
    REQUIRE(left.links.count == right.links.count);
    for (std::size_t link = 0; link < left.links.count; ++link) {
      CHECK(legacy.links(left)[link].trace_id == v3.links(right)[link].trace_id);
      CHECK(legacy.links(left)[link].span_id == v3.links(right)[link].span_id);
    }
  }
}

TEST_CASE("an answer is read the same in pieces of any size") {
  const std::string text = test_data("jaeger/checkout_legacy.json");
  const Trace whole = read_one(text);
  for (const std::size_t piece : {1U, 2U, 5U, 100U}) {
    const Trace trace = read_one(text, piece);
    REQUIRE(trace.spans.size() == whole.spans.size());
    CHECK(trace.columns->attributes == whole.columns->attributes);
  }
}

TEST_CASE("an answer with bytes that are wrong is read or refused, and its tree can be built") {
  const std::string text = test_data("jaeger/checkout_legacy.json");
  std::mt19937_64 random(5);
  constexpr std::string_view k_bytes = "{}[]\",:0123456789-.eE\\nul true\x01\xff";
  int accepted = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string mutated = text;
    for (std::uint64_t change = 0; change <= random() % 4; ++change) {
      mutated[random() % mutated.size()] = k_bytes[random() % k_bytes.size()];
    }
    const auto traces = read_traces<JaegerJsonReader>(mutated, 1 + random() % 200);
    for (std::size_t index = 0; traces && index < traces->size(); ++index) {
      const trace::Tree tree = trace::build_tree((*traces)[index]);
      REQUIRE(tree.order.size() + tree.copies == (*traces)[index].spans.size());
      ++accepted;
    }
  }
  CHECK(accepted > 100);
}

TEST_CASE("tags have the type that they name, else the one that they look like") {
  CHECK(tag_of(R"({"key":"k","type":"string","value":"v"})") == "k=\"v\" ");
  CHECK(tag_of(R"({"value":5,"type":"int64","key":"k"})") == "k=5 ");
  CHECK(tag_of(R"({"key":"k","type":"int64","value":"9223372036854775222"})") ==
        "k=\"9223372036854775222\" ");
  CHECK(tag_of(R"({"key":"k","type":"float64","value":3})") == "k=3.0 ");
  CHECK(tag_of(R"({"key":"k","type":"bool","value":"true"})") == "k=true ");
  CHECK(tag_of(R"({"key":"k","value":1.5})") == "k=1.5 ");
  CHECK(tag_of(R"({"key":"k","value":false})") == "k=false ");
  CHECK(tag_of(R"({"key":"k","type":"int64","value":"many"})") == "k=\"many\" ");
  CHECK(tag_of(R"({"key":"k","type":"string","value":{"a":1}})") == "k=\"\" ");
}

TEST_CASE("an error tag fails the span by its value") {
  const auto status = [](const std::string& tags) {
    const Trace trace = read_one(answer_with(R"("tags":[)" + tags + "]"));
    return std::string(name_of(trace.spans[0].status)) + " " +
           attributes(trace, trace.spans[0].attributes);
  };
  CHECK(status(R"({"key":"error","type":"bool","value":true})") == "error error=true ");
  CHECK(status(R"({"key":"error","type":"string","value":"true"})") == "error error=\"true\" ");
  // VictoriaTraces has this on good spans.
  CHECK(status(R"({"key":"error","type":"string","value":"unset"})") == "unset error=\"unset\" ");
  CHECK(status(R"({"key":"otel.status_code","type":"string","value":"OK"})") == "ok ");
  CHECK(status(R"({"key":"error","type":"bool","value":true},)"
               R"({"key":"otel.status_code","type":"string","value":"ERROR"})") == "error ");
}

TEST_CASE("the parent is the first reference that can be one") {
  const std::string own = R"("traceID":"0af7651916cd43dd8448eb211c80319c")";
  const std::string other = R"("traceID":"01")";
  CHECK(parent_of(R"({"refType":"CHILD_OF",)" + own + R"(,"spanID":"0a"})") ==
        "000000000000000a 0");
  CHECK(parent_of(R"({"refType":"FOLLOWS_FROM",)" + own + R"(,"spanID":"0b"},)" +
                  R"({"refType":"CHILD_OF",)" + own + R"(,"spanID":"0a"})") ==
        "000000000000000a 1");
  CHECK(parent_of(R"({"refType":"FOLLOWS_FROM",)" + own + R"(,"spanID":"0b"})") ==
        "000000000000000b 0");
  CHECK(parent_of(R"({"refType":"CHILD_OF",)" + other + R"(,"spanID":"0a"})") ==
        "0000000000000000 1");
}

TEST_CASE("the deprecated parentSpanID counts where no reference does") {
  const Trace trace = read_one(answer_with(R"("parentSpanID":"0c","references":null)"));
  CHECK(to_hex(trace.spans[0].parent_id) == "000000000000000c");
}

TEST_CASE("a process that is missing is a service without a name") {
  const Trace trace = read_one(
      R"({"data":[{"traceID":"01","spans":[{"traceID":"01","spanID":"02","processID":"p9"},)"
      R"({"traceID":"01","spanID":"03"}],"processes":{}}]})");
  CHECK(trace.service(trace.spans[0]).empty());
  CHECK(trace.service(trace.spans[1]).empty());
}

TEST_CASE("process ids belong to their trace") {
  const auto traces = read_traces<JaegerJsonReader>(
      R"({"data":[{"spans":[{"traceID":"01","spanID":"02","processID":"p1"}],)"
      R"("processes":{"p1":{"serviceName":"a"}}},)"
      R"({"spans":[{"traceID":"02","spanID":"02","processID":"p1"}],)"
      R"("processes":{"p1":{"serviceName":"b"}}}]})");
  REQUIRE(traces.has_value());
  REQUIRE(traces->size() == 2);
  CHECK((*traces)[0].service((*traces)[0].spans[0]) == "a");
  CHECK((*traces)[1].service((*traces)[1].spans[0]) == "b");
}

TEST_CASE("times that are too large are cut, and warnings are kept") {
  const Trace trace =
      read_one(R"({"data":[{"traceID":"01","warnings":["whole"],"spans":[{"spanID":"02",)"
               R"("startTime":18446744073709551615,"duration":18446744073709551615,)"
               R"("warnings":["one",null]}]}]})");
  CHECK(trace.spans[0].start == Time::max());
  CHECK(trace.spans[0].duration == nanoseconds{0});
  CHECK(trace.warnings == std::vector<std::string>{"whole"});
  CHECK(trace.text(trace.warnings_of(trace.spans[0])[0]) == "one");
}

TEST_CASE("an event is named by its field event, else by message") {
  const Trace trace = read_one(answer_with(
      R"("logs":[{"timestamp":2,"fields":[{"key":"message","type":"string","value":"old"}]},)"
      R"({"timestamp":1,"fields":[{"key":"a","type":"string","value":"b"},)"
      R"({"key":"event","type":"string","value":"new"}]}])"));
  const auto events = trace.events(trace.spans[0]);
  REQUIRE(events.size() == 2);
  CHECK(trace.text(events[0].name) == "new");
  CHECK(attributes(trace, events[0].attributes) == "a=\"b\" ");
  CHECK(trace.text(events[1].name) == "old");
}
