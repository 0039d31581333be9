// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/query_handler.hpp"

#include <array>

#include <fmt/format.h>

#include "otlp/json_codec.hpp"
#include "otlp/json_text.hpp"
#include "server/legacy_json.hpp"
#include "server/query_answers.hpp"
#include "server/query_parameters.hpp"
#include "server/stats_json.hpp"
#include "server/summary.hpp"
#include "server/trace_search.hpp"

namespace otelctl::server {
namespace {

constexpr std::string_view k_legacy_rest = R"("limit":0,"offset":0,"errors":)";
// Jaeger's names; "" for a kind that is not set.
constexpr std::array<std::string_view, 6> k_kinds{"",       "internal", "server",
                                                  "client", "producer", "consumer"};

constexpr std::string_view k_page =
    "This is otelctl serve, an embedded backend for traces in memory.\n"
    "\n"
    "It answers the HTTP query APIs of Jaeger:\n"
    "  /api/services  /api/operations  /api/traces  /api/traces/ID\n"
    "  /api/v3/services  /api/v3/operations  /api/v3/traces  /api/v3/traces/ID\n"
    "  /api/v3/trace-summaries\n"
    "of Zipkin:\n"
    "  /api/v2/services  /api/v2/spans  /api/v2/traces  /api/v2/trace/ID\n"
    "of Tempo:\n"
    "  /api/search  /api/v2/traces/ID  /api/v2/search/tag/NAME/values\n"
    "and /stats. Look at the last traces with: otelctl show-traces\n";

HttpAnswer legacy_error(int status, std::string_view message) {
  std::string body = R"({"data":null,"total":0,)";
  body += k_legacy_rest;
  body += fmt::format(R"([{{"code":{},"msg":)", status);
  otlp::append_json_string(body, message);
  body += "}]}\n";
  return {.status = status, .body = std::move(body)};
}

// `data` is the JSON of the member; a list of none is null where Go has no list at all.
HttpAnswer legacy_answer(std::string_view data, std::size_t total) {
  return json_answer(fmt::format(R"({{"data":{},"total":{},{}null}})", data, total, k_legacy_rest));
}

HttpAnswer v3_error(int status, std::string_view message) {
  std::string body = fmt::format(R"({{"error":{{"httpCode":{},"message":)", status);
  otlp::append_json_string(body, message);
  body += "}}\n";
  return {.status = status, .body = std::move(body)};
}

std::string_view kind_name(const Operation& operation) {
  return operation.kind < k_kinds.size() ? k_kinds[operation.kind] : "";
}

// [{"name","spanKind"}] of those of the kind, "" being any; `no_kind` stands where none is set.
std::string operations_json(const std::vector<Operation>& operations, std::string_view kind,
                            std::string_view no_kind, std::size_t& count) {
  std::string json = "[";
  for (const Operation& operation : operations) {
    const std::string_view name = kind_name(operation);
    if (!kind.empty() && name != kind) {
      continue;
    }
    json += json.size() == 1 ? "" : ",";
    json += R"({"name":)";
    otlp::append_json_string(json, operation.name);
    json += fmt::format(R"(,"spanKind":"{}"}})", name.empty() ? no_kind : name);
    ++count;
  }
  return json + ']';
}

// The elements of the list resourceSpans.
void append_resource_spans(std::string& json, std::string_view payload) {
  constexpr std::string_view k_before = R"({"resourceSpans":[)";
  constexpr std::string_view k_after = "]}";
  std::string whole;
  // What was stored passed the scan, which is stricter than the codec.
  if (otlp::append_json(Signal::traces, payload, whole)) {
    json += std::string_view(whole).substr(k_before.size(),
                                           whole.size() - k_before.size() - k_after.size());
  }
}

bool is_pretty(const HttpHead& head) {
  const std::string_view value = head.parameter("prettyPrint");
  return !value.empty() && value != "false";
}

// The whole answer at once, indented.
HttpAnswer prettified(HttpAnswer answer) {
  if (answer.more) {
    while (answer.more(answer.body)) {
    }
    answer.more = nullptr;
  }
  answer.body = indented(answer.body);
  return answer;
}

// Turns a plus and percent escapes into what they stand for, as Go's url.QueryUnescape; malformed
// text stays as it is.
std::string query_unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto escape = text[at] == '%' && at + 2 < text.size()
                            ? parse_hex<SpanId>(text.substr(at + 1, 2))
                            : std::nullopt;
    if (escape) {
      plain += static_cast<char>(escape->bytes.back());
      at += 2;
    } else {
      plain += text[at] == '+' ? ' ' : text[at];
    }
  }
  return plain;
}

}  // namespace

std::optional<HttpAnswer> QueryHandler::answer(const HttpHead& head) {
  if (head.method == "GET" || head.method == "HEAD") {
    return get(head);
  }
  if (head.path.starts_with("/api/")) {
    return not_found();
  }
  return HttpAnswer{.status = 405, .body = "405 method not allowed\n", .allow = "GET, HEAD"};
}

HttpAnswer QueryHandler::take(const HttpHead&, std::string_view, const HttpHold&) {
  return not_found();
}

HttpAnswer QueryHandler::unreadable(const HttpHead&, bool) {
  return not_found();
}

HttpAnswer QueryHandler::get(const HttpHead& head) const {
  constexpr std::string_view k_v3 = "/api/v3/";
  constexpr std::string_view k_legacy = "/api/";
  const std::string_view path = head.path;
  if (path == "/") {
    return {.body = std::string(k_page)};
  }
  if (path == "/stats") {
    return json_answer(stats_json(m_stats()));
  }
  if (auto answer = m_zipkin.get(head)) {
    return std::move(*answer);
  }
  if (auto answer = m_tempo.get(head)) {
    return std::move(*answer);
  }
  if (path.starts_with(k_v3)) {
    return v3(head, path.substr(k_v3.size()));
  }
  if (path.starts_with(k_legacy)) {
    HttpAnswer answer = legacy(head, path.substr(k_legacy.size()));
    return answer.status == 200 && is_pretty(head) ? prettified(std::move(answer)) : answer;
  }
  return not_found();
}

HttpAnswer QueryHandler::legacy(const HttpHead& head, std::string_view path) const {
  constexpr std::string_view k_services = "services/";
  constexpr std::string_view k_operations = "/operations";
  constexpr std::string_view k_traces = "traces/";
  if (path == "services") {
    return legacy_services();
  }
  if (path == "operations") {
    return legacy_operations(head);
  }
  if (path == "traces") {
    return legacy_search(head);
  }
  if (path.starts_with(k_traces) && path.size() > k_traces.size()) {
    return legacy_trace(head, path.substr(k_traces.size()));
  }
  if (path.starts_with(k_services) && path.ends_with(k_operations) &&
      path.size() > k_services.size() + k_operations.size()) {
    path.remove_prefix(k_services.size());
    path.remove_suffix(k_operations.size());
    return legacy_operation_names(path);
  }
  return not_found();
}

HttpAnswer QueryHandler::legacy_services() const {
  const std::vector<std::string> services = m_store.services();
  return legacy_answer(services.empty() ? "null" : json_list(services), services.size());
}

HttpAnswer QueryHandler::legacy_operations(const HttpHead& head) const {
  const std::string_view service = head.parameter("service");
  if (service.empty()) {
    return legacy_error(400, "parameter 'service' is required");
  }
  std::size_t count = 0;
  const std::string list =
      operations_json(m_store.operations(service), head.parameter("spanKind"), "", count);
  return legacy_answer(list, count);
}

HttpAnswer QueryHandler::legacy_operation_names(std::string_view service) const {
  std::vector<std::string> names;
  // Jaeger decodes this part of the path a second time.
  for (const Operation& operation : m_store.operations(query_unescaped(service))) {
    if (names.empty() || names.back() != operation.name) {
      names.push_back(operation.name);
    }
  }
  return legacy_answer(names.empty() ? "null" : json_list(names), names.size());
}

HttpAnswer QueryHandler::legacy_search(const HttpHead& head) const {
  auto search = read_legacy_search(head, m_clock.now());
  if (!search) {
    return legacy_error(400, search.error().message);
  }
  std::vector<TraceId> ids;
  std::string errors;
  if (!search->trace_ids.empty()) {
    for (const TraceId& id : search->trace_ids) {
      if (m_store.holds(id)) {
        ids.push_back(id);
      } else {
        errors += errors.empty() ? "[" : ",";
        errors += fmt::format(R"({{"msg":"trace not found","traceID":"{}"}})",
                              legacy_trace_id(id.view()));
      }
    }
  } else if (search->limit <= 0) {
    return legacy_error(500, "search depth must be greater than 0 and less than max traces");
  } else {
    ids = find_traces(m_store, search->query);
  }
  const std::string tail =
      fmt::format(R"(],"total":0,{}{}}})", k_legacy_rest, errors.empty() ? "null" : errors + "]");
  return list_answer(m_store, std::move(ids), R"({"data":[)", tail, append_legacy_trace);
}

HttpAnswer QueryHandler::legacy_trace(const HttpHead& head, std::string_view id) const {
  const auto trace_id = read_trace_id(id);
  if (!trace_id) {
    return legacy_error(400, trace_id.error().message);
  }
  if (auto checked = check_legacy_hints(head); !checked) {
    return legacy_error(400, checked.error().message);
  }
  std::string payload;
  if (!m_store.append_trace(*trace_id, payload)) {
    return legacy_error(404, "trace not found");
  }
  std::string data = "[";
  append_legacy_trace(data, payload);
  return legacy_answer(data + "]", 0);
}

HttpAnswer QueryHandler::v3(const HttpHead& head, std::string_view path) const {
  constexpr std::string_view k_traces = "traces/";
  if (path == "services") {
    return v3_services();
  }
  if (path == "operations") {
    return v3_operations(head);
  }
  if (path == "traces") {
    return v3_search(head);
  }
  if (path == "trace-summaries") {
    return v3_summaries(head);
  }
  if (path.starts_with(k_traces) && path.size() > k_traces.size()) {
    return v3_trace(head, path.substr(k_traces.size()));
  }
  return not_found();
}

HttpAnswer QueryHandler::v3_services() const {
  return json_answer(fmt::format(R"({{"services":{}}})", json_list(m_store.services())));
}

HttpAnswer QueryHandler::v3_operations(const HttpHead& head) const {
  const std::string_view kind = head.parameter("spanKind");
  std::size_t count = 0;
  const std::string list =
      operations_json(m_store.operations(head.parameter("service")),
                      kind.empty() ? head.parameter("span_kind") : kind, "internal", count);
  return json_answer(fmt::format(R"({{"operations":{}}})", list));
}

HttpAnswer QueryHandler::v3_search(const HttpHead& head) const {
  const auto query = read_v3_search(head);
  if (!query) {
    return v3_error(400, query.error().message);
  }
  std::vector<TraceId> ids = find_traces(m_store, *query);
  if (ids.empty()) {
    return v3_error(404, "No traces found");
  }
  return list_answer(m_store, std::move(ids), R"({"result":{"resourceSpans":[)", "]}}",
                     append_resource_spans);
}

HttpAnswer QueryHandler::v3_summaries(const HttpHead& head) const {
  const auto query = read_v3_search(head);
  if (!query) {
    return v3_error(400, query.error().message);
  }
  std::vector<TraceId> ids = find_traces(m_store, *query);
  if (ids.empty()) {
    return json_answer("{}");
  }
  return list_answer(m_store, std::move(ids), R"({"summaries":[)", "]}", append_summary);
}

HttpAnswer QueryHandler::v3_trace(const HttpHead& head, std::string_view id) const {
  const auto trace_id = read_trace_id(id);
  if (!trace_id) {
    return v3_error(400, "malformed parameter trace_id: " + trace_id.error().message);
  }
  if (auto checked = check_v3_hints(head); !checked) {
    return v3_error(400, checked.error().message);
  }
  std::string payload;
  if (!m_store.append_trace(*trace_id, payload)) {
    return v3_error(404, "No traces found");
  }
  std::string json = R"({"result":)";
  if (auto done = otlp::append_json(Signal::traces, payload, json); !done) {
    return v3_error(500, done.error().message);
  }
  return json_answer(json + "}");
}

}  // namespace otelctl::server
