// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "trace/trace.hpp"
#include "trace/value_json.hpp"

namespace otelctl::test {

inline std::string dump(const trace::Trace& trace, trace::Range attributes) {
  std::string text = "{";
  for (const trace::Attribute& each : trace.attributes(attributes)) {
    text += fmt::format("{}={};", trace.text(each.key),
                        trace::value_json(trace.columns->texts, each.value));
  }
  return text + "}";
}

// All that a trace holds, line by line, so that two readings can be compared.
inline std::string dump(const trace::Trace& trace) {
  std::string text = fmt::format("trace {} truncated={}\n", to_hex(trace.id), trace.is_truncated);
  for (const std::string& warning : trace.warnings) {
    text += fmt::format("  warning {}\n", warning);
  }
  for (const trace::Span& span : trace.spans) {
    const trace::Scope& scope = trace.columns->scopes[span.scope];
    text += fmt::format(
        "  span {} parent={} {} +{} '{}' kind={} status={} '{}' state='{}' flags={:#x} dropped={},"
        "{},{} {}\n",
        to_hex(span.id), to_hex(span.parent_id), format_rfc3339(span.start), span.duration.count(),
        trace.text(span.name), trace::name_of(span.kind), trace::name_of(span.status),
        trace.text(span.status_message), trace.text(span.trace_state), span.flags,
        span.dropped_attributes, span.dropped_events, span.dropped_links,
        dump(trace, span.attributes));
    text += fmt::format("    resource '{}' {}\n", trace.service(span),
                        dump(trace, trace.columns->resources[span.resource].attributes));
    text += fmt::format("    scope '{}' '{}' {}\n", trace.text(scope.name),
                        trace.text(scope.version), dump(trace, scope.attributes));
    for (const trace::Event& event : trace.events(span)) {
      text += fmt::format("    event {} '{}' dropped={} {}\n", format_rfc3339(event.time),
                          trace.text(event.name), event.dropped_attributes,
                          dump(trace, event.attributes));
    }
    for (const trace::Link& link : trace.links(span)) {
      text += fmt::format("    link {} {} state='{}' flags={:#x} dropped={} {}\n",
                          to_hex(link.trace_id), to_hex(link.span_id), trace.text(link.trace_state),
                          link.flags, link.dropped_attributes, dump(trace, link.attributes));
    }
    for (const trace::Text warning : trace.warnings_of(span)) {
      text += fmt::format("    warning {}\n", trace.text(warning));
    }
  }
  return text;
}

inline std::string dump(const std::vector<trace::Trace>& traces) {
  std::string text;
  for (const trace::Trace& trace : traces) {
    text += dump(trace);
  }
  return text;
}

}  // namespace otelctl::test
