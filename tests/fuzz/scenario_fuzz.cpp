// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"

#include "config/excerpt.hpp"
#include "config/rules.hpp"
#include "scenario/read.hpp"
#include "scenario/write.hpp"
#include "synth/log_template.hpp"
#include "synth/metric_template.hpp"
#include "synth/template.hpp"
#include "tests/fuzz/require.hpp"

using namespace otelctl;
using fuzz::require;

namespace {

void check_findings(const config::FileReport& report) {
  for (const config::Finding& finding : report.findings) {
    const config::Rule* const rule = config::find_rule(finding.code);
    require(rule != nullptr, "every finding has a rule");
    require(rule->severity == finding.severity, "one code, one severity");
    require(!finding.message.empty(), "a finding says what is wrong");
    fuzz::require_printable(finding.message);
    fuzz::require_printable(finding.help);
    if (finding.has_place) {
      require(finding.line >= 1 && finding.column >= 1, "places count from 1");
      config::excerpt_of(report, finding.place);
    }
  }
}

std::string written(const synth::Scenario& scenario) {
  std::ostringstream out;
  scenario::write_scenario(out, scenario);
  return out.str();
}

// What is written means the same as what was read.
void check_writing(const synth::Scenario& scenario) {
  const std::string yaml = written(scenario);
  const auto again = scenario::read_scenario("again.yaml", yaml);
  require(again.scenario.has_value(), "what is written can be read");
  require(again.report.findings.empty(), "what is written has no findings");
  require(written(*again.scenario) == yaml, "what is read is written the same");
}

// The first unit in one request, read by protobuf.
template <typename Request>
void check_first(const synth::Generator& generator) {
  const std::uint32_t size = generator.size(0);
  require(size > 0, "a unit has records");
  const auto workspace = generator.make_workspace();
  const std::string_view bytes = generator.encode({{0, 0, size, Time(std::chrono::seconds(1))}},
                                                  synth::Anchor::start, *workspace);
  Request request;
  require(request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())),
          "the first request can be read");
}

// Whether a unit is quickly made: time is for many files, not for large ones.
bool is_small(const synth::Scenario& scenario) {
  std::uint64_t copies = 1;
  const auto multiply = [&](std::uint64_t factor) {
    constexpr std::uint64_t k_most = 2000;
    copies = std::min(copies * std::max<std::uint64_t>(1, factor), k_most + 1);
    return copies <= k_most;
  };
  for (const synth::TraceSpec& trace : scenario.traces) {
    for (const synth::SpanSpec& span : trace.spans) {
      if (!multiply(span.repeat_high) || !multiply(span.chain)) {
        return false;
      }
    }
  }
  for (const synth::LogSpec& log : scenario.logs) {
    if (!multiply(log.repeat)) {
      return false;
    }
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace collector = opentelemetry::proto::collector;
  yaml::Limits limits;
  limits.bytes = std::uint64_t{64} * 1024;
  limits.nodes = 20000;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto file = scenario::read_scenario("shop.yaml", bytes, limits);
  check_findings(file.report);
  if (!file.scenario) {
    require(!file.report.findings.empty(), "what cannot be read has findings");
    return 0;
  }
  const synth::Scenario& scenario = *file.scenario;
  require(synth::check_scenario(scenario).has_value(), "what is read can be drawn");
  check_writing(scenario);
  if (!is_small(scenario)) {
    return 0;
  }
  if (!scenario.traces.empty()) {
    const auto traces = synth::TraceTemplate::compile(scenario, {.seed = 1, .traces = 1});
    require(traces.has_value(), "traces that are read can be made");
    check_first<collector::trace::v1::ExportTraceServiceRequest>(*traces);
  }
  if (!scenario.metrics.empty()) {
    const auto metrics = synth::MetricTemplate::compile(scenario, {.seed = 1});
    require(metrics.has_value(), "metrics that are read can be made");
    check_first<collector::metrics::v1::ExportMetricsServiceRequest>(*metrics);
  }
  if (!scenario.logs.empty()) {
    const auto logs = synth::LogTemplate::compile(scenario, {.seed = 1});
    require(logs.has_value(), "logs that are read can be made");
    check_first<collector::logs::v1::ExportLogsServiceRequest>(*logs);
  }
  return 0;
}
