// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/wire_scan.hpp"

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include <doctest/doctest.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>

#include "otlp/json_codec.hpp"
#include "otlp/wire_writer.hpp"
#include "tests/support/random_message.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using opentelemetry::proto::collector::logs::v1::ExportLogsServiceRequest;
using opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceRequest;

std::string field(std::uint32_t number, std::string_view content) {
  std::string bytes;
  otlp::append_head(bytes, number, content.size());
  return bytes + std::string(content);
}

// The content as the only span of a request.
std::string in_span(std::string_view content) {
  return field(1, field(2, field(2, content)));
}

std::string fault_of(std::string_view payload) {
  WireScanner scanner;
  TraceScan scan;
  const auto done = scanner.scan_traces(payload, scan);
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().kind == ErrorKind::not_understood);
  return done.error().message;
}

bool is_taken(std::string_view payload) {
  WireScanner scanner;
  TraceScan scan;
  return scanner.scan_traces(payload, scan).has_value();
}

template <typename Message>
bool protobuf_takes(std::string_view payload, Message& message) {
  google::protobuf::LogSilencer silence;
  google::protobuf::io::CodedInputStream stream(
      reinterpret_cast<const std::uint8_t*>(payload.data()), static_cast<int>(payload.size()));
  stream.SetRecursionLimit(static_cast<int>(otlp::k_max_nesting));
  return message.ParseFromCodedStream(&stream) && stream.ConsumedEntireMessage();
}

TEST_CASE("a scan finds each span with its ids, times, scope and resource") {
  Request request;
  request.add_service("cart", "lib")
      .add_span(trace_id(1), 11, "GET /cart", 500, 900)
      .set_kind(Span::SPAN_KIND_SERVER);
  request.add_span(trace_id(2), 12, "tidy", 600, 700);
  request.add_service("mail").add_span(trace_id(1), 13, "send");
  request.message().mutable_resource_spans(1)->set_schema_url("http://schema/1");
  const std::string payload = request.bytes();

  WireScanner scanner;
  TraceScan scan;
  REQUIRE(scanner.scan_traces(payload, scan).has_value());
  CHECK(scan.rejected() == 0);
  REQUIRE(scan.spans.size() == 3);
  CHECK(scan.spans[0].trace_id == trace_id(1));
  CHECK(scan.spans[0].name == "GET /cart");
  CHECK(scan.spans[0].kind == Span::SPAN_KIND_SERVER);
  CHECK(scan.spans[0].start == 500);
  CHECK(scan.spans[0].end == 900);
  CHECK(scan.spans[1].trace_id == trace_id(2));
  CHECK(scan.spans[1].scope == scan.spans[0].scope);
  REQUIRE(scan.scopes.size() == 2);
  REQUIRE(scan.resources.size() == 2);
  const auto& message = request.message();
  CHECK(scan.scopes[0].scope ==
        message.resource_spans(0).scope_spans(0).scope().SerializeAsString());
  CHECK(scan.resources[scan.scopes[scan.spans[2].scope].resource].resource ==
        message.resource_spans(1).resource().SerializeAsString());
  CHECK(scan.resources[1].schema_url == "http://schema/1");
  CHECK(scan.spans[2].record ==
        field(2, message.resource_spans(1).scope_spans(0).spans(0).SerializeAsString()));
}

TEST_CASE("resource and scope are found behind the spans too, and merged when they stand twice") {
  const std::string span = field(2, Request().add_span(trace_id(1), 1).SerializeAsString());
  const std::string resource = "\x10\x01";  // dropped_attributes_count: 1
  const std::string payload =
      field(1, field(2, span + field(1, "\x0A\x01s")) + field(1, resource) + field(1, resource));
  WireScanner scanner;
  TraceScan scan;
  REQUIRE(scanner.scan_traces(payload, scan).has_value());
  CHECK(scan.resources[0].resource == resource + resource);
  CHECK(scan.scopes[0].scope == "\x0A\x01s");
}

// Each occurrence joined anew with all before it would take gigabytes.
TEST_CASE("a resource and a scope that stand very often are joined once") {
  constexpr std::size_t k_often = 20'000;
  const std::string piece = field(1, field(1, std::string(40, 'k')));
  std::string scope_spans;
  std::string resource_spans;
  for (std::size_t count = 0; count < k_often; ++count) {
    scope_spans += field(1, field(1, "s"));
    resource_spans += field(1, piece) + (count % 100 == 0 ? field(2, field(1, "")) : "");
  }
  const std::string span = field(2, Request().add_span(trace_id(1), 1).SerializeAsString());
  const std::string payload = field(1, resource_spans + field(2, scope_spans + span));
  WireScanner scanner;
  TraceScan scan;
  REQUIRE(scanner.scan_traces(payload, scan).has_value());
  CHECK(scan.resources[0].resource.size() == k_often * piece.size());
  std::size_t merged = 0;
  for (const std::string& text : scan.merged) {
    merged += text.size();
  }
  CHECK(merged < payload.size());
}

TEST_CASE("spans whose ids are no ids are counted by what is wrong and not among the spans") {
  Request request("cart");
  request.add_span(trace_id(1), 1);
  request.add_span(TraceId{}, 2);
  request.add_span(trace_id(1), 3).set_trace_id("short");
  request.add_span(trace_id(1), 0);
  request.add_span(trace_id(1), 5).set_span_id("much too long for one");
  request.add_span(trace_id(1), 6).set_parent_span_id("abc");
  request.add_span(trace_id(1), 7).set_parent_span_id(std::string(8, '\0'));
  const std::string payload = request.bytes();
  WireScanner scanner;
  TraceScan scan;
  REQUIRE(scanner.scan_traces(payload, scan).has_value());
  CHECK(scan.spans.size() == 2);
  CHECK(scan.bad_trace_ids == 2);
  CHECK(scan.bad_span_ids == 2);
  CHECK(scan.bad_parent_ids == 1);
}

TEST_CASE("data points of every kind and log records are counted") {
  ExportMetricsServiceRequest metrics;
  auto* const scope = metrics.add_resource_metrics()->add_scope_metrics();
  scope->add_metrics()->mutable_gauge()->add_data_points()->add_exemplars()->set_as_int(1);
  scope->add_metrics()->mutable_sum()->add_data_points();
  auto* const histogram = scope->add_metrics()->mutable_histogram();
  histogram->add_data_points()->add_bucket_counts(7);
  histogram->add_data_points()->add_explicit_bounds(0.5);
  scope->add_metrics()->mutable_exponential_histogram()->add_data_points();
  scope->add_metrics()->mutable_summary()->add_data_points()->add_quantile_values();
  WireScanner scanner;
  CHECK(scanner.count_items(Signal::metrics, metrics.SerializeAsString()).value() == 6);

  ExportLogsServiceRequest logs;
  auto* const records = logs.add_resource_logs()->add_scope_logs();
  records->add_log_records()->mutable_body()->set_string_value("one");
  records->add_log_records();
  CHECK(scanner.count_items(Signal::logs, logs.SerializeAsString()).value() == 2);
  CHECK(scanner.count_items(Signal::logs, "").value() == 0);
}

TEST_CASE("what is wrong is named with message, field and byte") {
  CHECK(fault_of("\x0A\x05zz") ==
        "ExportTraceServiceRequest: resource_spans at byte 0 runs past the end of its message");
  CHECK(fault_of(in_span("\x28\x01")) ==
        "Span: name at byte 6 has another wire type than the schema gives it");
  CHECK(fault_of(in_span("\x2A\x01\xFF")) == "Span: name at byte 6 is not valid UTF-8");
  CHECK(fault_of(in_span("\x2B")) == "Span: name at byte 6 has a wire type that proto3 lacks");
  CHECK(fault_of(in_span("\x0A\x10"
                         "abc")) == "Span: trace_id at byte 6 runs past the end of its message");
  CHECK(fault_of(in_span(field(9, field(2, "\x08\x01")))) ==
        "AnyValue: string_value at byte 10 has another wire type than the schema gives it");
  CHECK(fault_of(in_span(std::string("\x00", 1))).find("has a malformed tag") != std::string::npos);
  CHECK(fault_of("\xFF\xFF\xFF\xFF\xFF\xFF").find("has a malformed tag") != std::string::npos);
  CHECK(fault_of("this is text, not protobuf").starts_with("ExportTraceServiceRequest: "));
}

TEST_CASE("unknown fields are skipped at every level, of any wire type") {
  std::string unknown = field(100, "\xFF\xFE");
  unknown += "\xA0\x06\x96\x01";  // 100: varint
  unknown +=
      "\xA1\x06"
      "12345678";  // 100: fixed64
  unknown +=
      "\xA5\x06"
      "1234";  // 100: fixed32
  const std::string span = Request().add_span(trace_id(1), 1).SerializeAsString() + unknown +
                           field(9, unknown + field(2, unknown));
  CHECK(is_taken(unknown + field(1, unknown + field(2, unknown + field(2, span)))));
}

TEST_CASE("values are nested as deep as the bound and no deeper") {
  const auto nested = [](std::size_t depth) {
    std::string value = "\x10\x01";
    for (std::size_t level = 0; level < depth; ++level) {
      value = field(5, field(1, value));
    }
    return in_span(field(9, field(2, value)));
  };
  // Request, ResourceSpans, ScopeSpans, Span, KeyValue and AnyValue come first.
  constexpr std::size_t k_deepest = (otlp::k_max_nesting - 6) / 2;
  CHECK(is_taken(nested(k_deepest)));
  CHECK(otlp::payload_to_json(Signal::traces, nested(k_deepest)).has_value());
  ExportTraceServiceRequest message;
  CHECK(protobuf_takes(nested(k_deepest), message));
  CHECK(fault_of(nested(k_deepest + 1)).find("is nested too deep") != std::string::npos);
  CHECK(fault_of(nested(10'000)).find("is nested too deep") != std::string::npos);
}

// What passes the scan must be readable by protobuf later; random bytes must not hurt either.
template <typename Message, typename Scan>
void check_mutations(const Scan& scan) {
  std::uint64_t taken = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    RandomMessage random(seed);
    Message message;
    random.fill(message);
    std::string payload = message.SerializeAsString();
    CHECK(scan(payload));
    for (int round = 0; round < 40 && !payload.empty(); ++round) {
      std::string mutated = payload;
      for (std::uint64_t count = 1 + random.below(3); count > 0; --count) {
        mutated[random.below(mutated.size())] = static_cast<char>(random.below(256));
      }
      if (random.below(4) == 0) {
        mutated.resize(random.below(mutated.size() + 1));
      }
      if (scan(mutated)) {
        ++taken;
        CAPTURE(seed);
        CAPTURE(round);
        Message read;
        CHECK(protobuf_takes(mutated, read));
      }
    }
  }
  CHECK(taken > 1000);
}

TEST_CASE("whatever traces request passes the scan is read by protobuf") {
  WireScanner scanner;
  TraceScan scan;
  check_mutations<ExportTraceServiceRequest>(
      [&](const std::string& payload) { return scanner.scan_traces(payload, scan).has_value(); });
}

TEST_CASE("whatever metrics or logs request passes the scan is read by protobuf") {
  WireScanner scanner;
  check_mutations<ExportMetricsServiceRequest>([&](const std::string& payload) {
    return scanner.count_items(Signal::metrics, payload).has_value();
  });
  check_mutations<ExportLogsServiceRequest>([&](const std::string& payload) {
    return scanner.count_items(Signal::logs, payload).has_value();
  });
}

}  // namespace
}  // namespace otelctl::server
