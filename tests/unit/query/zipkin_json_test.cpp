// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/zipkin_json.hpp"

#include <string>

#include <doctest/doctest.h>

#include "tests/support/read_traces.hpp"
#include "trace/tree.hpp"
#include "trace/value_json.hpp"

using namespace otelctl;
using query::ZipkinJsonReader;
using test::read_traces;
using trace::Trace;

namespace {

Trace read_one(std::string_view text, std::size_t piece = std::string_view::npos) {
  auto traces = read_traces<ZipkinJsonReader>(text, piece);
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

constexpr std::string_view k_ids =
    R"("traceId":"0af7651916cd43dd8448eb211c80319c","id":"b7ad6b7169203331")";

// A trace of one span with these members beside its ids.
Trace span_with(const std::string& members) {
  return read_one("[{" + std::string(k_ids) + (members.empty() ? "" : ",") + members + "}]");
}

std::string tags_of(const std::string& tags) {
  const Trace trace = span_with(R"("tags":{)" + tags + "}");
  return attributes(trace, trace.spans[0].attributes);
}

// Status and message.
std::string status_of(const std::string& tags) {
  const Trace trace = span_with(R"("tags":{)" + tags + "}");
  return std::string(trace::name_of(trace.spans[0].status)) + " " +
         std::string(trace.text(trace.spans[0].status_message));
}

}  // namespace

TEST_CASE("a span with every field is read as it was before Zipkin, however the bytes come") {
  const std::string text =
      R"([[{"traceId":"0af7651916cd43dd8448eb211c80319c","id":"b7ad6b7169203331",)"
      R"("parentId":"00f067aa0ba902b7","kind":"CLIENT","name":"post /charge",)"
      R"("timestamp":1755684000123456,"duration":213000,"debug":true,)"
      R"("annotations":[{"timestamp":1755684000200000,"value":"wire.send"},)"
      R"({"timestamp":1755684000150000,"value":"exception|{\"exception.type\":\"E\"}|1"}],)"
      R"("localEndpoint":{"serviceName":"checkout","ipv4":"10.0.0.1","port":8080},)"
      R"("remoteEndpoint":{"serviceName":"payment","ipv6":"::1","port":443},)"
      R"("tags":{"http.method":"POST","otel.scope.name":"http","otel.scope.version":"1.2",)"
      R"("otel.status_code":"ERROR","error":"card expired","w3c.tracestate":"a=b",)"
      R"("otlp.link.0":"11111111111111111111111111111111|2222222222222222||{\"k\":1}|0",)"
      R"("otel.dropped_attributes_count":"2","otel.dropped_events_count":"3"}}]])";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::string_view::npos}) {
    const Trace trace = read_one(text, piece);
    REQUIRE(trace.spans.size() == 1);
    const trace::Span& span = trace.spans[0];
    CHECK(to_hex(trace.id) == "0af7651916cd43dd8448eb211c80319c");
    CHECK(to_hex(span.id) == "b7ad6b7169203331");
    CHECK(to_hex(span.parent_id) == "00f067aa0ba902b7");
    CHECK(trace.text(span.name) == "post /charge");
    CHECK(span.kind == trace::SpanKind::client);
    CHECK(span.start.time_since_epoch().count() == 1755684000123456000);
    CHECK(span.duration.count() == 213000000);
    CHECK(trace.service(span) == "checkout");
    CHECK(attributes(trace, trace.columns->resources[span.resource].attributes) ==
          "service.name=\"checkout\" ");
    CHECK(attributes(trace, span.attributes) ==
          "zipkin.debug=true http.method=\"POST\" net.host.ip=\"10.0.0.1\" net.host.port=8080 "
          "peer.service=\"payment\" net.peer.ip=\"::1\" net.peer.port=443 ");
    CHECK(span.has_failed());
    CHECK(trace.text(span.status_message) == "card expired");
    CHECK(trace.text(trace.columns->scopes[span.scope].name) == "http");
    CHECK(trace.text(trace.columns->scopes[span.scope].version) == "1.2");
    CHECK(trace.text(span.trace_state) == "a=b");
    CHECK(span.dropped_attributes == 2);
    CHECK(span.dropped_events == 3);
    CHECK(span.warnings.count == 0);
    REQUIRE(span.events.count == 2);
    CHECK(trace.text(trace.events(span)[0].name) == "exception");
    CHECK(attributes(trace, trace.events(span)[0].attributes) == "exception.type=\"E\" ");
    CHECK(trace.events(span)[0].dropped_attributes == 1);
    CHECK(trace.text(trace.events(span)[1].name) == "wire.send");
    REQUIRE(span.links.count == 1);
    CHECK(to_hex(trace.links(span)[0].span_id) == "2222222222222222");
    CHECK(attributes(trace, trace.links(span)[0].attributes) == "k=1 ");
  }
}

TEST_CASE("everything but the ids may be missing") {
  const Trace trace = span_with("");
  const trace::Span& span = trace.spans[0];
  CHECK(trace.text(span.name).empty());
  CHECK(trace.service(span).empty());
  CHECK(span.start == Time{});
  CHECK(span.kind == trace::SpanKind::unspecified);
  CHECK(span.status == trace::SpanStatus::unset);
  REQUIRE(span.warnings.count == 1);
  CHECK(trace.text(trace.warnings_of(span)[0]) ==
        "no duration: it has not ended, or took less than a microsecond");
  const Trace nulls = span_with(
      R"("name":null,"parentId":null,"localEndpoint":null,"tags":null,"annotations":null,)"
      R"("timestamp":null,"duration":5,"remoteEndpoint":{"serviceName":null}, "unknown":[{"id":1}])");
  CHECK(nulls.text(nulls.spans[0].name).empty());
  CHECK(nulls.spans[0].attributes.count == 0);
  CHECK(nulls.spans[0].duration.count() == 5000);
}

TEST_CASE("a list of spans, a list of traces and one trace are read alike") {
  const std::string span = "{" + std::string(k_ids) + "}";
  const std::string other = R"({"traceId":"aaaaaaaaaaaaaaaa","id":"1"})";
  for (const std::string& text :
       {"[" + span + "," + other + "]", "[[" + span + "],[" + other + "]]",
        "[" + span + "]\n[" + other + "]", span + "\n" + other}) {
    const auto traces = read_traces<ZipkinJsonReader>(text);
    REQUIRE(traces.has_value());
    REQUIRE(traces->size() == 2);
    CHECK(to_hex((*traces)[1].id) == "0000000000000000aaaaaaaaaaaaaaaa");
    CHECK(to_hex((*traces)[1].spans[0].id) == "0000000000000001");
  }
  CHECK(read_traces<ZipkinJsonReader>("[]")->empty());
  CHECK(read_traces<ZipkinJsonReader>("[[],[]]")->empty());
}

TEST_CASE("spans without ids are left out, and so is what is no span") {
  CHECK(read_traces<ZipkinJsonReader>(R"([{"id":"1"},{"traceId":"1"},{"traceId":"x","id":"y!"},)"
                                      R"(7,"text",null,{"tags":[1],"annotations":{"a":1}}])")
            ->empty());
}

TEST_CASE("a tag error means failure by its presence") {
  CHECK(status_of("") == "unset ");
  CHECK(status_of(R"("error":"")") == "error ");
  CHECK(status_of(R"("error":"true")") == "error ");
  CHECK(status_of(R"("error":"timeout")") == "error timeout");
  CHECK(status_of(R"("error":"false")") == "error false");
  CHECK(tags_of(R"("error":"timeout")") == "error=\"timeout\" ");
}

TEST_CASE("OpenTelemetry's status wins over the tag error and takes its text") {
  CHECK(status_of(R"("error":"no card","otel.status_code":"ERROR")") == "error no card");
  CHECK(status_of(R"("error":"true","otel.status_code":"Error","otel.status_description":"d")") ==
        "error d");
  CHECK(status_of(R"("otel.status_code":"STATUS_CODE_OK")") == "ok ");
  CHECK(status_of(R"("error":"x","otel.status_code":"OK")") == "ok ");
  CHECK(tags_of(R"("error":"no card","otel.status_code":"ERROR")").empty());
}

TEST_CASE("the kind internal, which Zipkin does not have, comes back from its tag") {
  CHECK(span_with(R"("tags":{"span.kind":"internal"})").spans[0].kind == trace::SpanKind::internal);
  CHECK(tags_of(R"("span.kind":"internal")").empty());
  CHECK(tags_of(R"("span.kind":"strange")") == "span.kind=\"strange\" ");
}

TEST_CASE("a server that shares its client's id becomes the client's child") {
  const std::string client = R"({"traceId":"1","id":"2","parentId":"1","kind":"CLIENT",)"
                             R"("timestamp":20,"duration":30})";
  const std::string server = R"({"traceId":"1","id":"2","parentId":"1","shared":true,)"
                             R"("timestamp":25,"duration":10})";
  const std::string root = R"({"traceId":"1","id":"1","timestamp":10,"duration":90})";
  const std::string child =
      R"({"traceId":"1","id":"3","parentId":"2","timestamp":26,"duration":1})";

  const Trace both = read_one("[" + server + "," + client + "," + root + "," + child + "]");
  const trace::Tree tree = trace::build_tree(both);
  REQUIRE(tree.order.size() == 4);
  CHECK(tree.parent[0] == 1);  // server below client
  CHECK(tree.parent[1] == 2);
  CHECK(tree.parent[3] == 0);  // the server's own call
  CHECK(tree.count(trace::Oddity::duplicate_id) == 0);
  CHECK(attributes(both, both.spans[0].attributes) == "zipkin.shared=true ");

  const Trace alone = read_one("[" + root + "," + server + "," + child + "]");
  const trace::Tree short_tree = trace::build_tree(alone);
  CHECK(alone.spans[1].kind == trace::SpanKind::server);
  CHECK(short_tree.parent[1] == 0);
  CHECK(short_tree.parent[2] == 1);
  CHECK(short_tree.roots.size() == 1);
}

TEST_CASE("a span that names itself as its parent is a root") {
  const Trace trace = read_one(R"([{"traceId":"1","id":"2","parentId":"2"}])");
  CHECK_FALSE(trace.spans[0].parent_id.is_valid());
}

TEST_CASE("tags of types that only Zipkin's imitators write keep them") {
  CHECK(tags_of(R"("a":1,"b":true,"c":0.5,"d":"1","e":null,"f":{"g":"h"},"i":["j"])") ==
        R"(a=1 b=true c=0.5 d="1" e="" )");
}

TEST_CASE("a service's spans have one resource") {
  const Trace trace =
      read_one(R"([{"traceId":"1","id":"1","localEndpoint":{"serviceName":"a","ipv4":"1.2.3.4"}},)"
               R"({"traceId":"1","id":"2","localEndpoint":{"serviceName":"b"}},)"
               R"({"traceId":"1","id":"3","localEndpoint":{"ipv4":"1.2.3.4"}},)"
               R"({"traceId":"1","id":"4","localEndpoint":{"serviceName":"a"}}])");
  CHECK(trace.spans[0].resource == trace.spans[3].resource);
  CHECK(trace.spans[0].resource != trace.spans[1].resource);
  CHECK(trace.service(trace.spans[2]).empty());
}

TEST_CASE("times beyond what 64 bits hold are cut, not wrapped") {
  const Trace trace =
      span_with(R"("timestamp":18446744073709551615,"duration":18446744073709551615)");
  CHECK(trace.spans[0].start == Time::max());
  CHECK(trace.spans[0].duration.count() == 0);
  CHECK(trace::build_tree(trace).end[0] == Time::max());
  const Trace early = span_with(R"("timestamp":1,"duration":18446744073709551615)");
  CHECK(trace::build_tree(early).end[0] == Time::max());
}

TEST_CASE("an answer that is cut short, or no JSON, is an error") {
  const auto cut = read_traces<ZipkinJsonReader>(R"([[{"traceId":"1","id":"2")");
  REQUIRE_FALSE(cut.has_value());
  CHECK(cut.error().kind == ErrorKind::not_understood);
  CHECK_FALSE(read_traces<ZipkinJsonReader>("[{]").has_value());
}
