// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/log_template.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "base/random.hpp"
#include "synth/decks.hpp"
#include "synth/drawing.hpp"
#include "synth/shape_count.hpp"

namespace otelctl::synth {
namespace {

// What draws of the scenario's choices may take together, in encoded form.
constexpr std::size_t k_template_bytes = std::size_t{32} << 20U;
constexpr auto k_step = std::chrono::microseconds(1);

// Apart from the words that make ids of the seed's traces.
constexpr std::uint64_t k_stream = 0x6C6F677331ULL;

std::vector<LogForm> make_forms(const Scenario& scenario, const Columns& columns) {
  std::vector<LogForm> forms;
  forms.reserve(scenario.logs.size());
  for (const LogSpec& log : scenario.logs) {
    forms.emplace_back(log, columns);
  }
  return forms;
}

// How many of the same size fit.
std::size_t room_for(const std::vector<LogForm>& forms) {
  std::size_t bytes = 1;
  for (const LogForm& form : forms) {
    bytes += form.most_bytes();
  }
  return std::max<std::size_t>(k_template_bytes / bytes, 1);
}

}  // namespace

LogTemplate::LogTemplate(const Scenario& scenario, const LogOptions& options)
    : m_sequence(options.seed ^ k_stream),
      m_span(options.span),
      m_services(encode_services(scenario)) {
  for (std::size_t service = 0; service < scenario.services.size(); ++service) {
    m_service_begin.push_back(static_cast<std::uint32_t>(m_records.size()));
    for (std::uint32_t spec = 0; spec < scenario.logs.size(); ++spec) {
      if (scenario.logs[spec].service == service) {
        m_records.insert(m_records.end(), scenario.logs[spec].repeat, spec);
      }
    }
  }
  m_service_begin.push_back(static_cast<std::uint32_t>(m_records.size()));
  for (const LogSpec& log : scenario.logs) {
    m_spans.push_back(log.span);
  }
}

Result<LogTemplate> LogTemplate::compile(const Scenario& scenario, const LogOptions& options) {
  if (auto checked = check_scenario(scenario); !checked) {
    return fail(std::move(checked).error());
  }
  if (scenario.logs.empty()) {
    return fail(ErrorKind::settings, "the scenario " + scenario.name + " has no log records");
  }
  LogTemplate compiled(scenario, options);
  const bool has_spans =
      !options.span && std::any_of(scenario.logs.begin(), scenario.logs.end(),
                                   [](const LogSpec& log) { return log.span.has_value(); });
  if (has_spans) {
    auto traces = TraceTemplate::compile(scenario, {.seed = options.seed});
    if (!traces) {
      return fail(std::move(traces).error());
    }
    compiled.m_traces = std::move(*traces);
    compiled.add_variants_of_traces(scenario);
  } else {
    compiled.draw_variants(scenario);
  }
  return compiled;
}

void LogTemplate::add_variants_of_traces(const Scenario& scenario) {
  std::map<Columns, std::uint32_t> known;
  std::size_t room = 1;
  for (std::size_t shape = 0; shape < m_traces->shapes(); ++shape) {
    const Columns& columns = m_traces->columns_of(shape);
    const auto next = static_cast<std::uint32_t>(m_variants.size());
    const auto [place, is_new] = known.emplace(columns, next < room ? next : next - 1);
    if (is_new && next < room) {
      m_variants.push_back(make_forms(scenario, columns));
      room = room_for(m_variants.front());
    }
    m_variant_of_shape.push_back(place->second);
  }
}

void LogTemplate::draw_variants(const Scenario& scenario) {
  // Not a pass's own words: those begin at position 0 of each pass.
  SeededRandom random(m_sequence.at(0, Sequence::k_trace_draws - 1));
  Decks decks;
  std::size_t count = scenario.choices.empty() ? 1 : shapes_wanted(scenario, {});
  while (m_variants.size() < count) {
    const Drawing drawing(scenario.choices, random, decks);
    m_variants.push_back(make_forms(scenario, drawing.columns()));
    count = std::min(count, room_for(m_variants.front()));
  }
}

std::unique_ptr<Workspace> LogTemplate::make_workspace() const {
  return std::make_unique<Work>();
}

std::size_t LogTemplate::most_bytes(const std::vector<Slice>& slices) const {
  std::size_t bytes = 0;
  for (const ServiceFields& service : m_services) {
    bytes += service.most_bytes();
  }
  for (const Slice& slice : slices) {
    const Variant& forms = variant_of(slice.unit);
    for (std::uint32_t index = 0; index < slice.count; ++index) {
      bytes += forms[m_records[slice.first + index]].most_bytes();
    }
  }
  return bytes;
}

void LogTemplate::put_record(BackwardWriter& out, const Slice& slice, Anchor anchor,
                             std::uint32_t record) const {
  const std::uint32_t spec = m_records[record];
  const std::int64_t steps = anchor == Anchor::start
                                 ? std::int64_t{record}
                                 : std::int64_t{record} + 1 - std::int64_t{size(slice.unit)};
  LogSource source{slice.time + steps * k_step, slice.unit,
                   Sequence(m_sequence.at(slice.unit, record)), m_span};
  if (m_traces && m_spans[spec]) {
    const SpanContext span = m_traces->context_of(slice.unit, *m_spans[spec]);
    source.span = TraceParent{span.trace_id, span.span_id, k_flag_sampled | k_flag_random};
  }
  variant_of(slice.unit)[spec].put(out, source);
}

std::string_view LogTemplate::encode(const std::vector<Slice>& slices, Anchor anchor,
                                     Workspace& workspace) const {
  std::vector<char>& buffer = static_cast<Work&>(workspace).buffer;
  if (const std::size_t most = most_bytes(slices); most > buffer.size()) {
    buffer.resize(most);
  }
  BackwardWriter out(buffer.data() + buffer.size());
  for (std::size_t service = m_services.size(); service-- > 0;) {
    const std::size_t begin = out.size();
    for (std::size_t index = slices.size(); index-- > 0;) {
      const Slice& slice = slices[index];
      const std::uint32_t first = std::max(slice.first, m_service_begin[service]);
      const std::uint32_t last = std::min(slice.first + slice.count, m_service_begin[service + 1]);
      for (std::uint32_t record = last; record > first; --record) {
        put_record(out, slice, anchor, record - 1);
      }
    }
    if (out.size() > begin) {
      m_services[service].close(out, begin);
    }
  }
  return out.view();
}

}  // namespace otelctl::synth
