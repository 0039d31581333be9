// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/builder.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace otelctl::trace {
namespace {

constexpr std::uint64_t k_latest = std::numeric_limits<std::int64_t>::max();

}  // namespace

Time time_from_unix(std::uint64_t count) {
  return Time{nanoseconds{static_cast<std::int64_t>(std::min(count, k_latest))}};
}

TraceBuilder::TraceBuilder() : m_columns(std::make_shared<Columns>()) {}

std::uint32_t TraceBuilder::add_resource() {
  m_columns->resources.emplace_back();
  return static_cast<std::uint32_t>(m_columns->resources.size() - 1);
}

std::uint32_t TraceBuilder::add_scope() {
  m_columns->scopes.emplace_back();
  return static_cast<std::uint32_t>(m_columns->scopes.size() - 1);
}

std::uint32_t TraceBuilder::scope_of(Text name, Text version) {
  if (name == Text::empty && version == Text::empty) {
    return 0;
  }
  const auto [found, is_new] = m_scopes.try_emplace({name, version}, 0);
  if (is_new) {
    found->second = add_scope();
    scope(found->second) = {name, version, {}};
  }
  return found->second;
}

void TraceBuilder::finish_resource(std::uint32_t index) {
  Resource& resource = m_columns->resources[index];
  const Text key = intern("service.name");
  const auto first = m_columns->attributes.begin() + resource.attributes.first;
  const auto found =
      std::find_if(first, first + resource.attributes.count, [&](const Attribute& attribute) {
        return attribute.key == key && attribute.value.type() == ValueType::text;
      });
  if (found != first + resource.attributes.count) {
    resource.service = found->value.text();
  }
}

void TraceBuilder::set_times(Span& span, std::uint64_t start, std::uint64_t end) {
  span.start = time_from_unix(start);
  if (end < start) {
    span.duration = nanoseconds{0};
    // An end that is missing altogether is a span that has not ended.
    warn(span, end == 0 ? "the span has no end" : "the span ends before it starts");
    return;
  }
  span.duration = time_from_unix(end) - span.start;
}

void TraceBuilder::warn(Span& span, std::string_view warning) {
  if (span.warnings.count == 0) {
    span.warnings.first = static_cast<std::uint32_t>(m_columns->warnings.size());
  }
  m_columns->warnings.push_back(intern(warning));
  ++span.warnings.count;
}

Trace& TraceBuilder::trace_of(const TraceId& trace_id) {
  // Spans of one trace mostly come together.
  if (m_last < m_traces.size() && m_traces[m_last].id == trace_id) {
    return m_traces[m_last];
  }
  const auto [found, is_new] = m_index.try_emplace(trace_id, m_traces.size());
  if (is_new) {
    m_traces.emplace_back().id = trace_id;
  }
  m_last = found->second;
  return m_traces[m_last];
}

void TraceBuilder::add(const TraceId& trace_id, const Span& span) {
  if (!trace_id.is_valid() || !span.id.is_valid()) {
    ++m_invalid_spans;
    return;
  }
  const auto events = m_columns->events.begin() + span.events.first;
  std::stable_sort(events, events + span.events.count,
                   [](const Event& left, const Event& right) { return left.time < right.time; });
  Span& added = trace_of(trace_id).spans.emplace_back(span);
  added.duration = std::min(added.duration, Time::max() - added.start);
  ++m_span_count;
}

void TraceBuilder::warn(const TraceId& trace_id, std::string_view warning) {
  if (trace_id.is_valid()) {
    trace_of(trace_id).warnings.emplace_back(warning);
  }
}

std::vector<Trace> TraceBuilder::finish() {
  // A warning alone makes no trace.
  std::erase_if(m_traces, [](const Trace& trace) { return trace.spans.empty(); });
  for (Trace& trace : m_traces) {
    trace.columns = m_columns;
  }
  m_columns = std::make_shared<Columns>();
  m_index.clear();
  m_scopes.clear();
  m_last = 0;
  m_span_count = 0;
  m_invalid_spans = 0;
  return std::exchange(m_traces, {});
}

}  // namespace otelctl::trace
