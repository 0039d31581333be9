// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// How fast traces are generated on one core, against protobuf's own way: the same spans as message
// objects, new ids and times set in each, and SerializeToString.
//
//   encode [SECONDS]
//
// prints a line for each scenario and kind of record, with tabs in between: the scenario, the kind,
// bytes each, millions a second, and of spans millions a second with protobuf. SECONDS is how long
// each is measured (1).
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <fmt/format.h>

#include "base/time.hpp"
#include "synth/batch_plan.hpp"
#include "synth/log_template.hpp"
#include "synth/metric_template.hpp"
#include "synth/scenarios.hpp"
#include "synth/sequence.hpp"
#include "synth/template.hpp"

namespace {

using namespace otelctl;
using Request = opentelemetry::proto::collector::trace::v1::ExportTraceServiceRequest;

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// Spans of `step`, which makes some and says how many, for a second of this process's CPU: what
// else runs on the machine counts less than on the clock. It goes on for so many seconds.
template <typename Step>
double rate_of(double seconds, Step step) {
  constexpr int k_steps = 100;  // between two looks at the time
  std::uint64_t spans = 0;
  double elapsed = 0.0;
  for (const double begin = cpu_seconds(); elapsed < seconds; elapsed = cpu_seconds() - begin) {
    for (int count = 0; count < k_steps; ++count) {
      spans += step();
    }
  }
  return static_cast<double>(spans) / elapsed;
}

std::string id_from(std::uint64_t word) {
  return std::string(reinterpret_cast<const char*>(&word), sizeof word);
}

void set_ids_and_times(Request& request, const synth::Sequence& words, std::uint64_t number) {
  std::uint64_t draw = 0;
  for (auto& resource : *request.mutable_resource_spans()) {
    for (auto& scope : *resource.mutable_scope_spans()) {
      for (auto& span : *scope.mutable_spans()) {
        span.set_trace_id(id_from(words.at(number, 0)) + id_from(words.at(number, 1)));
        span.set_span_id(id_from(words.at(number, ++draw)));
        if (!span.parent_span_id().empty()) {
          span.set_parent_span_id(id_from(words.at(number, draw - 1)));
        }
        const auto start = span.start_time_unix_nano() + words.at(number, draw) % 1'000'000;
        span.set_start_time_unix_nano(start);
        span.set_end_time_unix_nano(start + words.at(number, draw + 1) % 1'000'000);
      }
    }
  }
}

void measure(const synth::Scenario& scenario, double seconds) {
  const auto traces = synth::TraceTemplate::compile(scenario, {.seed = 1}).value();
  const Time now = SystemClock().now();
  const auto workspace = traces.make_workspace();
  synth::BatchPlan plan(traces, {}, now);
  std::uint64_t bytes = 0;
  std::uint64_t spans = 0;
  std::optional<synth::Batch> batch(std::in_place);
  const double ours = rate_of(seconds, [&] {
    batch = plan.next(now, std::move(*batch));  // as those who send do
    bytes += traces.encode(batch->slices, plan.anchor(), *workspace).size();
    spans += batch->records;
    return batch->records;
  });

  batch = synth::BatchPlan(traces, {}, now).next(now);
  Request request;
  const auto payload = traces.encode(batch->slices, synth::Anchor::end, *workspace);
  request.ParseFromArray(payload.data(), static_cast<int>(payload.size()));
  const synth::Sequence words(1);
  std::uint64_t number = 0;
  std::string serialised;
  const double protobuf = rate_of(seconds, [&] {
    set_ids_and_times(request, words, ++number);
    request.SerializeToString(&serialised);
    return batch->records;
  });
  std::cout << fmt::format("{}\tspans\t{}\t{:.4g}\t{:.4g}\n", scenario.name, bytes / spans,
                           ours / 1e6, protobuf / 1e6);
}

void measure_records(const std::string& name, const synth::Generator& records,
                     std::string_view kind, double seconds) {
  const Time now = SystemClock().now();
  const auto workspace = records.make_workspace();
  synth::BatchPlan plan(records, {}, now);
  std::uint64_t bytes = 0;
  std::uint64_t count = 0;
  std::optional<synth::Batch> batch(std::in_place);
  const double rate = rate_of(seconds, [&] {
    batch = plan.next(now, std::move(*batch));
    bytes += records.encode(batch->slices, plan.anchor(), *workspace).size();
    count += batch->records;
    return batch->records;
  });
  std::cout << fmt::format("{}\t{}\t{}\t{:.4g}\n", name, kind, bytes / count, rate / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 1.0;
  for (const std::string& name : synth::scenario_names()) {
    const synth::Scenario scenario = synth::find_scenario(name).value();
    measure(scenario, seconds);
    if (!scenario.metrics.empty()) {
      measure_records(name, synth::MetricTemplate::compile(scenario, {.seed = 1}).value(),
                      "data points", seconds);
    }
    if (!scenario.logs.empty()) {
      measure_records(name, synth::LogTemplate::compile(scenario, {.seed = 1}).value(),
                      "log records", seconds);
    }
  }
}
