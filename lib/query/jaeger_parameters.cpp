// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_parameters.hpp"

#include <sstream>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace otelctl::query {
namespace {

using std::chrono::microseconds;

// Go's ParseDuration wants a unit and knows no days. The backend's own resolution is microseconds.
std::string at_least(nanoseconds duration) {
  return fmt::format("{}us", std::chrono::floor<microseconds>(duration).count());
}
std::string at_most(nanoseconds duration) {
  return fmt::format("{}us", std::chrono::ceil<microseconds>(duration).count());
}

// A JSON object whose values are all strings: anything else is refused.
std::string attributes_of(const SpanFilter& filter) {
  std::ostringstream json;
  JsonWriter writer(json, JsonWriter::Layout::compact);
  writer.begin_object();
  for (const auto& [key, value] : filter.tags) {
    writer.member(key, value);
  }
  // Every Jaeger store finds failed spans by it, also those that say so by their status only.
  if (filter.must_have_failed) {
    writer.member("error", "true");
  }
  writer.end_object();
  std::string text = json.str();
  text.pop_back();  // the writer ends a document with a line end
  return text;
}

}  // namespace

std::vector<Parameter> v3_parameters(const Search& search) {
  std::vector<Parameter> parameters;
  const auto add = [&](std::initializer_list<const char*> names, const std::string& value) {
    for (const char* name : names) {
      parameters.push_back({fmt::format("query.{}", name), value});
    }
  };
  add({"startTimeMin", "start_time_min"}, format_rfc3339(search.start));
  add({"startTimeMax", "start_time_max"}, format_rfc3339(search.end));
  add({"searchDepth", "search_depth", "num_traces"}, fmt::format("{}", search.limit));
  if (!search.filter.service.empty()) {
    add({"serviceName", "service_name"}, search.filter.service);
  }
  if (!search.filter.operation.empty()) {
    add({"operationName", "operation_name"}, search.filter.operation);
  }
  if (search.min_span_duration) {
    add({"durationMin", "duration_min"}, at_least(*search.min_span_duration));
  }
  if (search.max_span_duration) {
    add({"durationMax", "duration_max"}, at_most(*search.max_span_duration));
  }
  if (search.filter.has_attributes()) {
    add({"attributes"}, attributes_of(search.filter));
  }
  return parameters;
}

std::vector<Parameter> legacy_parameters(const Search& search) {
  const auto start = std::chrono::floor<microseconds>(search.start.time_since_epoch()).count();
  const auto end = std::chrono::ceil<microseconds>(search.end.time_since_epoch()).count();
  std::vector<Parameter> parameters = {{"start", fmt::format("{}", start)},
                                       {"end", fmt::format("{}", end)},
                                       {"limit", fmt::format("{}", search.limit)}};
  if (!search.filter.service.empty()) {
    parameters.push_back({"service", search.filter.service});
  }
  if (!search.filter.operation.empty()) {
    parameters.push_back({"operation", search.filter.operation});
  }
  if (search.min_span_duration) {
    parameters.push_back({"minDuration", at_least(*search.min_span_duration)});
  }
  if (search.max_span_duration) {
    parameters.push_back({"maxDuration", at_most(*search.max_span_duration)});
  }
  if (search.filter.has_attributes()) {
    parameters.push_back({"tags", attributes_of(search.filter)});
  }
  return parameters;
}

std::vector<Parameter> trace_parameters(bool is_raw) {
  // api_v3 since 2.19, before it, and the internal API.
  return is_raw ? std::vector<Parameter>{{"rawTraces", "true"},
                                         {"raw_traces", "true"},
                                         {"raw", "true"}}
                : std::vector<Parameter>();
}

}  // namespace otelctl::query
