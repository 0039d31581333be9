// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/held_traces.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "base/json_writer.hpp"
#include "trace/tree.hpp"

namespace otelctl::test {
namespace {

bool has_attributes(const trace::Trace& trace, const trace::Span& span, const std::string& json) {
  if (json.find("\"error\":\"true\"") != std::string::npos && !span.has_failed()) {
    return false;
  }
  std::size_t wanted = static_cast<std::size_t>(std::count(json.begin(), json.end(), ':'));
  wanted -= json.find("\"error\":\"true\"") != std::string::npos ? 1U : 0U;
  std::size_t found = 0;
  for (const trace::Attribute& attribute : trace.attributes(span.attributes)) {
    const std::string pair = to_json_string(trace.text(attribute.key)) + ":" +
                             to_json_string(trace.text(attribute.value.text()));
    found += json.find(pair) != std::string::npos ? 1U : 0U;
  }
  return found == wanted;
}

bool matches(const trace::Trace& trace, const WantedTraces& wanted) {
  return std::any_of(trace.spans.begin(), trace.spans.end(), [&](const trace::Span& span) {
    return span.start >= wanted.start && span.start <= wanted.end &&
           (wanted.service.empty() || trace.service(span) == wanted.service) &&
           (wanted.operation.empty() || trace.text(span.name) == wanted.operation) &&
           has_attributes(trace, span, wanted.attributes);
  });
}

}  // namespace

void HeldTraces::sort(Order order) {
  std::sort(m_traces.begin(), m_traces.end(), [&](const auto& left, const auto& right) {
    const Time of_left = build_tree(left).trace_start();
    const Time of_right = build_tree(right).trace_start();
    return order == Order::oldest_first ? of_left < of_right : of_right < of_left;
  });
}

std::set<std::string> HeldTraces::services() const {
  std::set<std::string> all;
  for (const trace::Trace& trace : m_traces) {
    for (const trace::Span& span : trace.spans) {
      all.emplace(trace.service(span));
    }
  }
  return all;
}

std::set<std::string> HeldTraces::operations(const std::string& service) const {
  std::set<std::string> all;
  for (const trace::Trace& trace : m_traces) {
    for (const trace::Span& span : trace.spans) {
      if (trace.service(span) == service) {
        all.emplace(trace.text(span.name));
      }
    }
  }
  return all;
}

std::vector<const trace::Trace*> HeldTraces::find(const WantedTraces& wanted) const {
  std::vector<const trace::Trace*> found;
  for (const trace::Trace& trace : m_traces) {
    if (found.size() < wanted.limit && matches(trace, wanted)) {
      found.push_back(&trace);
    }
  }
  return found;
}

const trace::Trace* HeldTraces::find(const std::string& hex) const {
  const auto id = parse_hex<TraceId>(hex).value_or(TraceId{});
  const auto found = std::find_if(m_traces.begin(), m_traces.end(),
                                  [&](const trace::Trace& trace) { return trace.id == id; });
  return found == m_traces.end() ? nullptr : &*found;
}

}  // namespace otelctl::test
