// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/summary.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/ids.hpp"
#include "otlp/json_text.hpp"
#include "server/resources.hpp"
#include "server/span_view.hpp"

namespace otelctl::server {
namespace {

struct Counts {
  std::uint64_t spans = 0;
  std::uint64_t errors = 0;
};

struct Summary {
  std::string_view trace_id;
  std::string root_service;
  std::string_view root_name;
  std::uint64_t root_start = ~std::uint64_t{0};
  std::uint64_t start = ~std::uint64_t{0};
  std::uint64_t end = 0;
  Counts counts;
  std::uint64_t orphans = 0;
  std::map<std::string, Counts> services;
};

Summary summarise(std::string_view traces) {
  Summary summary;
  std::unordered_set<std::string_view> ids;
  for_each_span(traces, [&](std::string_view, const ScopeView&, const SpanView& span) {
    ids.insert(span.span_id);
    return true;
  });
  std::string_view last_resource;
  std::string service;
  for_each_span(traces, [&](std::string_view resource, const ScopeView&, const SpanView& span) {
    if (service.empty() || resource.data() != last_resource.data()) {
      service = service_of(resource);
      last_resource = resource;
    }
    summary.trace_id = span.trace_id;
    summary.start = std::min(summary.start, span.start);
    summary.end = std::max(summary.end, span.end);
    const std::uint64_t error = span.status == k_status_error ? 1 : 0;
    Counts& counts = summary.services[service];
    ++counts.spans;
    counts.errors += error;
    ++summary.counts.spans;
    summary.counts.errors += error;
    if (span.has_parent()) {
      summary.orphans += ids.contains(span.parent_id) ? 0U : 1U;
    } else if (span.start < summary.root_start || summary.root_service.empty()) {
      summary.root_start = span.start;
      summary.root_service = service;
      summary.root_name = span.name;
    }
    return true;
  });
  return summary;
}

void append_text(std::string& json, std::string_view key, std::string_view value) {
  if (!value.empty()) {
    json += fmt::format(R"(,"{}":)", key);
    otlp::append_json_string(json, value);
  }
}

void append_count(std::string& json, std::string_view key, std::uint64_t value) {
  if (value > 0) {
    json += fmt::format(R"(,"{}":{})", key, value);
  }
}

void append_time(std::string& json, std::string_view key, std::uint64_t value) {
  if (value > 0) {
    json += fmt::format(R"(,"{}":"{}")", key, value);
  }
}

}  // namespace

void append_summary(std::string& json, std::string_view traces) {
  const Summary summary = summarise(traces);
  json += fmt::format(R"({{"traceId":"{}")", bytes_to_hex(summary.trace_id));
  append_text(json, "rootServiceName", summary.root_service);
  append_text(json, "rootOperationName", summary.root_name);
  append_time(json, "minStartTimeUnixNano", summary.start);
  append_time(json, "maxEndTimeUnixNano", summary.end);
  append_count(json, "spanCount", summary.counts.spans);
  append_count(json, "errorSpanCount", summary.counts.errors);
  append_count(json, "orphanSpanCount", summary.orphans);
  json += R"(,"services":[)";
  for (const auto& [name, counts] : summary.services) {
    json += json.back() == '[' ? "{" : ",{";
    json += R"("name":)";
    otlp::append_json_string(json, name);
    append_count(json, "spanCount", counts.spans);
    append_count(json, "errorSpanCount", counts.errors);
    json += '}';
  }
  json += "]}";
}

void append_tempo_summary(std::string& json, std::string_view traces) {
  const Summary summary = summarise(traces);
  const std::string id = bytes_to_hex(summary.trace_id);
  json += fmt::format(R"({{"traceID":"{}")", id.substr(id.find_first_not_of('0')));
  // Tempo's words for a trace whose root is still missing.
  append_text(json, "rootServiceName",
              summary.root_service.empty() ? "<root span not yet received>" : summary.root_service);
  append_text(json, "rootTraceName", summary.root_name);
  append_time(json, "startTimeUnixNano", summary.start);
  const std::uint64_t duration = summary.end > summary.start ? summary.end - summary.start : 0;
  append_count(json, "durationMs", duration / 1'000'000);
  json += R"(,"serviceStats":{)";
  for (const auto& [name, counts] : summary.services) {
    json += json.back() == '{' ? "" : ",";
    otlp::append_json_string(json, name);
    json += fmt::format(R"(:{{"spanCount":{})", counts.spans);
    append_count(json, "errorCount", counts.errors);
    json += '}';
  }
  json += "}}";
}

}  // namespace otelctl::server
