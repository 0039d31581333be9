// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_answers.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "trace/summary.hpp"

namespace otelctl::query {

settings::QuerySettings with_tenant(settings::QuerySettings settings) {
  const auto find = [&](std::string_view name) {
    return std::find_if(
        settings.headers.begin(), settings.headers.end(),
        [&](const net::Header& header) { return equals_ignoring_case(header.name, name); });
  };
  const auto tenant = find("x-scope-orgid");
  if (tenant != settings.headers.end() && find("x-tenant") == settings.headers.end()) {
    const std::string value = tenant->value;
    settings.headers.push_back({"x-tenant", value});
  }
  return settings;
}

void mark_truncated(trace::Trace& trace) {
  for (const trace::Span& span : trace.spans) {
    for (const trace::Text warning : trace.warnings_of(span)) {
      if (trace.text(warning).starts_with("trace has more than ")) {
        trace.is_truncated = true;
        return;
      }
    }
  }
}

SearchAnswer summarize_all(const std::vector<trace::Trace>& traces) {
  SearchAnswer answer;
  answer.received = traces.size();
  for (const trace::Trace& trace : traces) {
    answer.traces.push_back(trace::summarize(trace));
  }
  return answer;
}

bool speaks_of_service(std::string_view message) {
  return message.find("service") != std::string_view::npos;
}

bool speaks_of_limit(std::string_view message) {
  return message.find("search depth must be") != std::string_view::npos ||
         message.find(" out of range [0, ") != std::string_view::npos;
}

}  // namespace otelctl::query
