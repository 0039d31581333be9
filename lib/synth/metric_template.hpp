// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "synth/generator.hpp"
#include "synth/metric_point.hpp"
#include "synth/scenario.hpp"
#include "synth/sequence.hpp"
#include "synth/service_fields.hpp"
#include "synth/template.hpp"

namespace otelctl::synth {

struct MetricOptions {
  std::uint64_t seed = 0;
  // Since when cumulative points count; before the first pass.
  Time start = {};
  // How far passes are apart at least: a delta point covers this long before its time.
  nanoseconds interval = std::chrono::milliseconds(1);
};

// The metrics of a scenario; a unit is a pass over them, one data point of each series, all at the
// time at which the unit is put, whichever its anchor. Values are whole multiples of a decimal step
// and lie in the metric's range. What is cumulative has grown by the passes before, so that it
// never falls from pass to pass.
class MetricTemplate final : public Generator {
 public:
  // Error kind: settings, when the scenario cannot be drawn (see check_scenario), has no metrics or
  // needs too much memory.
  static Result<MetricTemplate> compile(const Scenario& scenario, const MetricOptions& options);

  Signal signal() const override { return Signal::metrics; }
  std::uint32_t size(std::uint64_t) const override {
    return static_cast<std::uint32_t>(m_series.size());
  }
  bool keeps_units_whole() const override { return false; }
  std::optional<TraceId> trace_id(std::uint64_t) const override { return std::nullopt; }
  std::unique_ptr<Workspace> make_workspace() const override;
  std::string_view encode(const std::vector<Slice>& slices, Anchor anchor,
                          Workspace& workspace) const override;

 private:
  struct Work final : Workspace {
    std::vector<char> buffer;  // as long as the largest request so far
  };
  struct Series {
    std::size_t attributes;  // where they begin in m_attributes; they end where the next one's do
    std::uint32_t row;       // of the readings, with which it begins
  };
  // In the order of their services: the metric's series stand in m_series up to `end`.
  struct Metric {
    MetricForm form;
    std::uint32_t service;
    std::uint32_t begin;
    std::uint32_t end;
  };

  MetricTemplate(const Scenario& scenario, const MetricOptions& options);

  Result<void> add_metric(const MetricSpec& spec, std::uint32_t rows);
  std::string_view attributes_of(std::uint32_t series) const;
  std::size_t most_bytes(const std::vector<Slice>& slices) const;
  void put_metric(BackwardWriter& out, const Metric& metric,
                  const std::vector<Slice>& slices) const;
  void put_series(BackwardWriter& out, const Metric& metric, const Slice& slice,
                  std::uint32_t series) const;

  Sequence m_sequence;
  Time m_start;
  nanoseconds m_interval;
  std::vector<ServiceFields> m_services;
  std::vector<Metric> m_metrics;
  std::vector<Series> m_series;
  std::string m_attributes;
  std::optional<TraceTemplate> m_traces;  // for exemplars, where there are any
};

}  // namespace otelctl::synth
