// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include <doctest/doctest.h>

#include "synth/replay.hpp"
#include "tests/unit/synth/captured.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

using Logs = opentelemetry::proto::collector::logs::v1::ExportLogsServiceRequest;
using Metrics = opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceRequest;

constexpr auto k_expected = static_cast<std::uint64_t>(k_start.time_since_epoch().count());

// One without a span, and before it in time one of the first trace's root.
Logs captured_logs() {
  Logs logs;
  auto& scope = *logs.add_resource_logs()->add_scope_logs();
  scope.set_schema_url("url");
  scope.add_log_records()->set_observed_time_unix_nano(k_captured + 7);
  auto& spoken = *scope.add_log_records();
  spoken.set_time_unix_nano(k_captured);
  spoken.set_trace_id(k_first_trace);
  spoken.set_span_id("root-1--");
  spoken.mutable_body()->set_string_value("said");
  return logs;
}

// Three points of a sum, the second with an exemplar of that root, and one of a histogram.
Metrics captured_metrics() {
  Metrics metrics;
  auto& scope = *metrics.add_resource_metrics()->add_scope_metrics();
  auto& requests = *scope.add_metrics();
  requests.set_name("requests");
  requests.set_unit("1");
  auto& sum = *requests.mutable_sum();
  sum.set_is_monotonic(true);
  sum.set_aggregation_temporality(
      opentelemetry::proto::metrics::v1::AGGREGATION_TEMPORALITY_CUMULATIVE);
  for (std::uint64_t minute = 0; minute < 3; ++minute) {
    auto& point = *sum.add_data_points();
    point.set_start_time_unix_nano(k_captured - 500);
    point.set_time_unix_nano(k_captured + minute * 60);
    point.set_as_int(static_cast<std::int64_t>(minute));
  }
  auto& exemplar = *sum.mutable_data_points(1)->add_exemplars();
  exemplar.set_time_unix_nano(k_captured + 1);
  exemplar.set_trace_id(k_first_trace);
  exemplar.set_span_id("root-1--");
  auto& latency = *scope.add_metrics();
  latency.set_name("latency");
  latency.mutable_exponential_histogram()->add_data_points()->set_time_unix_nano(k_captured);
  return metrics;
}

// All signals in one file, as a Collector with one exporter for all writes it.
std::string as_lines() {
  return json_of(captured().SerializeAsString()) + "\n" +
         json_of(captured_logs().SerializeAsString(), Signal::logs) + "\n" +
         json_of(captured_metrics().SerializeAsString(), Signal::metrics) + "\n";
}

std::string as_messages() {
  return with_length(captured().SerializeAsString()) +
         with_length(captured_logs().SerializeAsString()) +
         with_length(captured_metrics().SerializeAsString());
}

// The first trace's root in the second round of the traces' replay.
ProtoSpan root_of_second_round() {
  return by_name(decode(encode_units(read(as_lines()), 2, 2))).at("span root-1--");
}

template <typename Message>
Message parsed(std::string_view payload) {
  Message message;
  REQUIRE(message.ParseFromArray(payload.data(), static_cast<int>(payload.size())));
  return message;
}

}  // namespace

TEST_CASE("logs are replayed with the ids that their traces get") {
  const Replay replay = read(as_lines(), Signal::logs);
  CHECK(replay.default_units() == 1);
  CHECK(replay.size(1) == 2);
  CHECK_FALSE(replay.trace_id(0));
  CHECK(replay.notes() == std::vector<std::string>{"passed over 1 message of traces",
                                                   "passed over 1 message of metrics"});
  const std::string payload = encode_units(replay, 1, 1);
  const Logs again = parsed<Logs>(payload);
  CHECK(again.resource_logs(0).scope_logs(0).schema_url() == "url");
  const auto& records = again.resource_logs(0).scope_logs(0).log_records();
  REQUIRE(records.size() == 2);
  CHECK(records[0].observed_time_unix_nano() == k_expected + 7);
  CHECK(records[1].time_unix_nano() == k_expected);
  const ProtoSpan root = root_of_second_round();
  CHECK(records[1].trace_id() == root.trace_id());
  CHECK(records[1].span_id() == root.span_id());
  CHECK(records[1].body().string_value() == "said");
  CHECK(encode_units(read(as_messages(), Signal::logs), 1, 1) == payload);
}

TEST_CASE("exemplars are replayed with the ids that their traces get") {
  const Replay replay = read(as_lines(), Signal::metrics);
  CHECK(replay.size(0) == 4);
  const std::string payload = encode_units(replay, 1, 1);
  const Metrics again = parsed<Metrics>(payload);
  const auto& found = again.resource_metrics(0).scope_metrics(0).metrics();
  REQUIRE(found.size() == 2);
  CHECK(found[0].name() == "requests");
  CHECK(found[0].sum().is_monotonic());
  REQUIRE(found[0].sum().data_points_size() == 3);
  CHECK(found[0].sum().data_points(0).time_unix_nano() == k_expected);
  CHECK(found[0].sum().data_points(2).time_unix_nano() == k_expected + 120);
  CHECK(found[0].sum().data_points(2).start_time_unix_nano() == k_expected - 500);
  const ProtoSpan root = root_of_second_round();
  const auto& exemplar = found[0].sum().data_points(1).exemplars(0);
  CHECK(exemplar.trace_id() == root.trace_id());
  CHECK(exemplar.span_id() == root.span_id());
  CHECK(exemplar.time_unix_nano() == k_expected + 1);
  CHECK(found[1].exponential_histogram().data_points_size() == 1);
  CHECK(encode_units(read(as_messages(), Signal::metrics), 1, 1) == payload);

  SUBCASE("a part of a pass has the metrics of its points and no others") {
    const auto workspace = replay.make_workspace();
    const Metrics part =
        parsed<Metrics>(replay.encode({{0, 2, 1, k_start}}, Anchor::start, *workspace));
    REQUIRE(part.resource_metrics(0).scope_metrics(0).metrics_size() == 1);
    const auto& metric = part.resource_metrics(0).scope_metrics(0).metrics(0);
    CHECK(metric.name() == "requests");
    REQUIRE(metric.sum().data_points_size() == 1);
    CHECK(metric.sum().data_points(0).as_int() == 2);
  }
}
