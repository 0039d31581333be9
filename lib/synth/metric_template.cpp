// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/metric_template.hpp"

#include <algorithm>
#include <utility>

#include "synth/columns.hpp"
#include "synth/metric_series.hpp"

namespace otelctl::synth {
namespace {

// Passes that are drawn for each metric, unless there are so many or so large ones that drawing
// them would take too much memory or time.
constexpr std::uint64_t k_rows = 256;
constexpr std::uint64_t k_readings_words = std::uint64_t{2} << 20U;  // 16 MiB
constexpr std::uint64_t k_readings_draws = std::uint64_t{16} << 20U;
// Of a pass in encoded form.
constexpr std::size_t k_pass_bytes = std::size_t{32} << 20U;

// Apart from the words that make ids of the seed's traces.
constexpr std::uint64_t k_stream = 0x6D65747269637331ULL;

std::uint32_t rows_for(const std::vector<MetricSpec>& metrics) {
  std::uint64_t words = 1;
  std::uint64_t draws = 1;
  for (const MetricSpec& metric : metrics) {
    words += Readings::words_per_row(metric);
    draws += Readings::draws_per_row(metric);
  }
  const std::uint64_t rows = std::min(k_readings_words / words, k_readings_draws / draws);
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(rows, 1, k_rows));
}

// The part of a slice that lies between two records.
std::pair<std::uint32_t, std::uint32_t> part_of(const Slice& slice, std::uint32_t begin,
                                                std::uint32_t end) {
  const std::uint32_t first = std::max(slice.first, begin);
  return {first, std::max(first, std::min(slice.first + slice.count, end))};
}

}  // namespace

MetricTemplate::MetricTemplate(const Scenario& scenario, const MetricOptions& options)
    : m_sequence(options.seed ^ k_stream),
      m_start(options.start),
      m_interval(options.interval),
      m_services(encode_services(scenario)) {}

Result<MetricTemplate> MetricTemplate::compile(const Scenario& scenario,
                                               const MetricOptions& options) {
  if (auto checked = check_scenario(scenario); !checked) {
    return fail(std::move(checked).error());
  }
  if (scenario.metrics.empty()) {
    return fail(ErrorKind::settings, "the scenario " + scenario.name + " has no metrics");
  }
  MetricTemplate compiled(scenario, options);
  const std::uint32_t rows = rows_for(scenario.metrics);
  for (std::size_t service = 0; service < scenario.services.size(); ++service) {
    for (const MetricSpec& spec : scenario.metrics) {
      if (spec.service != service) {
        continue;
      }
      if (auto added = compiled.add_metric(spec, rows); !added) {
        return fail(std::move(added).error());
      }
    }
  }
  const bool has_exemplars =
      std::any_of(scenario.metrics.begin(), scenario.metrics.end(),
                  [](const MetricSpec& metric) { return metric.exemplar.has_value(); });
  if (has_exemplars) {
    auto traces = TraceTemplate::compile(scenario, {.seed = options.seed});
    if (!traces) {
      return fail(std::move(traces).error());
    }
    compiled.m_traces = std::move(*traces);
  }
  return compiled;
}

Result<void> MetricTemplate::add_metric(const MetricSpec& spec, std::uint32_t rows) {
  // Not a pass's own words: those begin at position 0 of each pass.
  SeededRandom random(m_sequence.at(m_metrics.size(), Sequence::k_trace_draws - 1));
  // check_scenario has done both before.
  const std::string name = fill(spec.name, Columns{}).value();
  MetricForm form(spec, name, grid_of(spec).value(), rows, random);
  const auto begin = static_cast<std::uint32_t>(m_series.size());
  const std::uint64_t count = series_of(spec);
  const std::size_t point_bytes = most_point_bytes(form, 0);
  for (std::uint64_t index = 0; index < count; ++index) {
    m_series.push_back({m_attributes.size(), static_cast<std::uint32_t>(random.next() % rows)});
    m_attributes += encode_series(spec, index, attributes_field(spec.kind));
    if (m_attributes.size() + m_series.size() * point_bytes > k_pass_bytes) {
      return fail(ErrorKind::settings,
                  "metric '" + name + "': a pass over the metrics takes more than 32 MiB",
                  "lower the number of its series, or of its buckets");
    }
  }
  m_metrics.push_back({std::move(form), static_cast<std::uint32_t>(spec.service), begin,
                       static_cast<std::uint32_t>(m_series.size())});
  return {};
}

std::string_view MetricTemplate::attributes_of(std::uint32_t series) const {
  const std::size_t begin = m_series[series].attributes;
  const std::size_t end =
      series + 1 < m_series.size() ? m_series[series + 1].attributes : m_attributes.size();
  return std::string_view(m_attributes).substr(begin, end - begin);
}

std::unique_ptr<Workspace> MetricTemplate::make_workspace() const {
  return std::make_unique<Work>();
}

std::size_t MetricTemplate::most_bytes(const std::vector<Slice>& slices) const {
  std::size_t bytes = 0;
  for (const ServiceFields& service : m_services) {
    bytes += service.most_bytes();
  }
  // Two tags, each with a length.
  constexpr std::size_t k_fronts = 22;
  for (const Metric& metric : m_metrics) {
    bool has_points = false;
    for (const Slice& slice : slices) {
      const auto [first, last] = part_of(slice, metric.begin, metric.end);
      if (first == last) {
        continue;
      }
      has_points = true;
      const std::size_t attributes =
          (last < m_series.size() ? m_series[last].attributes : m_attributes.size()) -
          m_series[first].attributes;
      bytes += attributes + (last - first) * most_point_bytes(metric.form, slice.unit);
    }
    bytes += has_points ? metric.form.front.size() + metric.form.tail.size() + k_fronts : 0;
  }
  return bytes;
}

void MetricTemplate::put_series(BackwardWriter& out, const Metric& metric, const Slice& slice,
                                std::uint32_t series) const {
  const MetricForm& form = metric.form;
  const std::uint64_t row = m_series[series].row;
  PointSource source;
  source.attributes = attributes_of(series);
  source.passes = {form.is_delta ? row + slice.unit : row, row + slice.unit + 1};
  source.word = m_sequence.at(slice.unit, series);
  source.times = {form.is_delta ? slice.time - m_interval : m_start, slice.time,
                  slice.time - m_interval / 2};
  if (form.exemplar) {
    source.span = m_traces->context_of(slice.unit, *form.exemplar);
  }
  put_point(out, form, source);
}

void MetricTemplate::put_metric(BackwardWriter& out, const Metric& metric,
                                const std::vector<Slice>& slices) const {
  const bool has_points = std::any_of(slices.begin(), slices.end(), [&](const Slice& slice) {
    const auto [first, last] = part_of(slice, metric.begin, metric.end);
    return first < last;
  });
  if (!has_points) {
    return;
  }
  const std::size_t begin = out.size();
  out.put(metric.form.tail);
  for (std::size_t index = slices.size(); index-- > 0;) {
    const auto [first, last] = part_of(slices[index], metric.begin, metric.end);
    for (std::uint32_t series = last; series-- > first;) {
      put_series(out, metric, slices[index], series);
    }
  }
  close_metric(out, metric.form, begin);
}

std::string_view MetricTemplate::encode(const std::vector<Slice>& slices, Anchor /*anchor*/,
                                        Workspace& workspace) const {
  std::vector<char>& buffer = static_cast<Work&>(workspace).buffer;
  if (const std::size_t most = most_bytes(slices); most > buffer.size()) {
    buffer.resize(most);
  }
  BackwardWriter out(buffer.data() + buffer.size());
  std::size_t begin = 0;
  for (std::size_t index = m_metrics.size(); index-- > 0;) {
    const Metric& metric = m_metrics[index];
    put_metric(out, metric, slices);
    const bool is_first_of_service = index == 0 || m_metrics[index - 1].service != metric.service;
    if (is_first_of_service && out.size() > begin) {
      m_services[metric.service].close(out, begin);
      begin = out.size();
    }
  }
  return out.view();
}

}  // namespace otelctl::synth
