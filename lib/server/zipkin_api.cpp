// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/zipkin_api.hpp"

#include <set>
#include <string>

#include "base/text.hpp"
#include "server/query_answers.hpp"
#include "server/query_parameters.hpp"
#include "server/trace_search.hpp"
#include "server/zipkin_json.hpp"
#include "server/zipkin_search.hpp"

namespace otelctl::server {

std::optional<HttpAnswer> ZipkinApi::get(const HttpHead& head) const {
  constexpr std::string_view k_page = "/zipkin";
  constexpr std::string_view k_api = "/api/v2/";
  constexpr std::string_view k_trace = "trace/";
  std::string_view path = head.path;
  if (path == "/health") {
    return json_answer(R"({"status":"UP"})");
  }
  if (path.starts_with("/zipkin/api/v2/")) {
    path.remove_prefix(k_page.size());
  }
  if (!path.starts_with(k_api)) {
    return std::nullopt;
  }
  path.remove_prefix(k_api.size());
  if (path == "services") {
    return services();
  }
  if (path == "spans") {
    return spans(head.parameter("serviceName"));
  }
  if (path == "traces") {
    return traces(head);
  }
  if (path.starts_with(k_trace) && path.size() > k_trace.size()) {
    return trace(path.substr(k_trace.size()));
  }
  return std::nullopt;
}

HttpAnswer ZipkinApi::services() const {
  std::set<std::string> names;
  for (const std::string& service : m_store.services()) {
    names.insert(to_lower(service));
  }
  return json_answer(json_list({names.begin(), names.end()}));
}

HttpAnswer ZipkinApi::spans(std::string_view service) const {
  std::set<std::string> names;
  for (const std::string& known : m_store.services()) {
    if (equals_ignoring_case(known, service)) {
      for (const Operation& operation : m_store.operations(known)) {
        names.insert(to_lower(operation.name));
      }
    }
  }
  return json_answer(json_list({names.begin(), names.end()}));
}

HttpAnswer ZipkinApi::traces(const HttpHead& head) const {
  const auto query = read_zipkin_query(head, m_clock.now());
  if (!query) {
    return text_answer(400, query.error().message);
  }
  // The range's service is compared as it was sent.
  const TraceRange range{query->start_min, query->start_max, {}};
  auto ids = find_traces(m_store, range, query->limit,
                         [&](std::string_view trace) { return matches(trace, *query); });
  return list_answer(m_store, std::move(ids), "[", "]", append_zipkin_trace);
}

HttpAnswer ZipkinApi::trace(std::string_view id) const {
  const auto trace_id = read_trace_id(id);
  if (!trace_id) {
    return text_answer(400, std::string(id) + " should be lower-hex encoded");
  }
  std::string payload;
  if (!m_store.append_trace(*trace_id, payload)) {
    return text_answer(404, std::string(id) + " not found");
  }
  std::string json;
  append_zipkin_trace(json, payload);
  return json_answer(std::move(json));
}

}  // namespace otelctl::server
