// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/tempo_api.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "otlp/json_codec.hpp"
#include "otlp/json_text.hpp"
#include "otlp/wire_writer.hpp"
#include "server/go_values.hpp"
#include "server/query_answers.hpp"
#include "server/query_parameters.hpp"
#include "server/resources.hpp"
#include "server/span_view.hpp"
#include "server/summary.hpp"
#include "server/trace_search.hpp"
#include "server/traceql.hpp"

namespace otelctl::server {
namespace {

constexpr std::string_view k_protobuf = "application/protobuf";
constexpr std::size_t k_standard_limit = 20;

bool wants_protobuf(const HttpHead& head) {
  const auto accepted = head.header ? head.header("accept") : std::nullopt;
  return accepted && accepted->find(k_protobuf) != std::string_view::npos;
}

// start and end in seconds, both or none.
Result<TraceRange> read_range(const HttpHead& head) {
  const std::string_view from = head.parameter("start");
  const std::string_view to = head.parameter("end");
  if (from.empty() && to.empty()) {
    return TraceRange{};
  }
  const auto start = go::parse_uint(from, 10, 32);
  const auto end = go::parse_uint(to, 10, 32);
  if (!start || !end || *start >= *end) {
    return fail(ErrorKind::usage,
                "start and end are seconds since the epoch, both or none, and start comes first");
  }
  constexpr std::uint64_t k_second = 1'000'000'000;
  return TraceRange{*start * k_second, *end * k_second, {}};
}

Result<std::size_t> read_limit(const HttpHead& head) {
  const std::string_view text = head.parameter("limit");
  if (text.empty()) {
    return k_standard_limit;
  }
  const auto limit = go::parse_uint(text, 10, 31);
  if (!limit || *limit == 0) {
    return fail(ErrorKind::usage, "invalid limit: must be a positive number");
  }
  return *limit;
}

// An empty query selects everything.
Result<TraceQl> read_query(const HttpHead& head) {
  const std::string_view text = head.parameter("q");
  return TraceQl::parse(text.empty() ? "{}" : text);
}

std::string values_json(const std::set<std::string>& values, bool is_v2) {
  std::string json = R"({"tagValues":[)";
  for (const std::string& value : values) {
    json += json.back() == '[' ? "" : ",";
    json += is_v2 ? R"({"type":"string","value":)" : "";
    otlp::append_json_string(json, value);
    json += is_v2 ? "}" : "";
  }
  return json + "]}";
}

}  // namespace

std::optional<HttpAnswer> TempoApi::get(const HttpHead& head) const {
  constexpr std::string_view k_trace_v1 = "/api/traces/";
  constexpr std::string_view k_trace_v2 = "/api/v2/traces/";
  constexpr std::string_view k_tag_v1 = "/api/search/tag/";
  constexpr std::string_view k_tag_v2 = "/api/v2/search/tag/";
  constexpr std::string_view k_values = "/values";
  const std::string_view path = head.path;
  const auto is_below = [&](std::string_view route) {
    return path.starts_with(route) && path.size() > route.size();
  };
  if (path == "/api/echo") {
    return text_answer(200, "echo");
  }
  if (path == "/api/status/buildinfo") {
    return json_answer(R"({"version":"otelctl","revision":"","branch":"","goVersion":""})");
  }
  if (path == "/api/search") {
    return search(head);
  }
  if (is_below(k_trace_v2)) {
    return trace(head, path.substr(k_trace_v2.size()), true);
  }
  if (is_below(k_trace_v1) && wants_protobuf(head)) {
    return trace(head, path.substr(k_trace_v1.size()), false);
  }
  for (const std::string_view route : {k_tag_v1, k_tag_v2}) {
    if (is_below(route) && path.ends_with(k_values)) {
      std::string_view tag = path.substr(route.size());
      tag.remove_suffix(std::min(tag.size(), k_values.size()));
      return values(head, tag, route == k_tag_v2);
    }
  }
  return std::nullopt;
}

HttpAnswer TempoApi::search(const HttpHead& head) const {
  const auto query = read_query(head);
  const auto range = read_range(head);
  const auto limit = read_limit(head);
  if (!query || !range || !limit) {
    return text_answer(400, !query   ? query.error().message
                            : !range ? range.error().message
                                     : limit.error().message);
  }
  if (!head.parameter("tags").empty()) {
    return text_answer(400, "tags is not understood: give a TraceQL query in q");
  }
  auto ids = find_traces(m_store, *range, *limit,
                         [&](std::string_view traces) { return query->matches(traces); });
  return list_answer(m_store, std::move(ids), R"({"traces":[)", R"(],"metrics":{}})",
                     append_tempo_summary);
}

HttpAnswer TempoApi::trace(const HttpHead& head, std::string_view id, bool is_v2) const {
  const auto trace_id = read_trace_id(id);
  if (!trace_id) {
    return text_answer(400, "trace IDs can only contain up to 32 hex characters");
  }
  std::string payload;
  if (!m_store.append_trace(*trace_id, payload)) {
    return text_answer(404, "trace not found");
  }
  if (!wants_protobuf(head)) {
    std::string json = R"({"trace":)";
    if (auto done = otlp::append_json(Signal::traces, payload, json); !done) {
      return text_answer(500, done.error().message);
    }
    return json_answer(json + R"(,"metrics":{},"status":"COMPLETE"})");
  }
  HttpAnswer answer{.content_type = std::string(k_protobuf)};
  if (is_v2) {
    // TraceByIDResponse.trace, of tempo.proto.
    otlp::append_head(answer.body, 1, payload.size());
  }
  answer.body += payload;
  return answer;
}

HttpAnswer TempoApi::values(const HttpHead& head, std::string_view tag, bool is_v2) const {
  const bool is_service =
      tag == "service.name" || tag == ".service.name" || tag == "resource.service.name";
  if (!is_service && tag != "name") {
    return text_answer(400, "this backend lists values of resource.service.name and name only");
  }
  const auto query = read_query(head);
  if (!query) {
    return text_answer(400, query.error().message);
  }
  std::set<std::string> values;
  // No trace is wanted, so all are looked at.
  find_traces(m_store, TraceRange{}, 1, [&](std::string_view traces) {
    const TraceQl::TraceFacts facts = TraceQl::facts_of(traces);
    for_each_span(traces, [&](std::string_view resource, const ScopeView&, const SpanView& span) {
      if (query->matches(resource, span, facts)) {
        values.insert(is_service ? service_of(resource) : std::string(span.name));
      }
      return true;
    });
    return false;
  });
  return json_answer(values_json(values, is_v2));
}

}  // namespace otelctl::server
