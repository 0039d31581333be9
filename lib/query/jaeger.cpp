// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "query/jaeger_answers.hpp"
#include "query/jaeger_json.hpp"
#include "query/jaeger_parameters.hpp"
#include "query/otlp_json.hpp"
#include "query/remote_kinds.hpp"
#include "query/small_json.hpp"
#include "query/take_trace.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {
namespace {

// The gRPC port beside the usual HTTP port of the same server.
std::optional<net::Url> grpc_port_of(const settings::QuerySettings& settings) {
  constexpr std::uint16_t k_http_port = 16686;
  if (settings.url->port_or_default() != k_http_port || !settings.proxy.url.empty()) {
    return std::nullopt;
  }
  net::Url url = *settings.url;
  url.port = k_http_port - 1;
  return url;
}

// People copy the URL of a page: http://host/jaeger/search?service=x, http://host/jaeger/trace/ID.
settings::QuerySettings at_api(settings::QuerySettings settings) {
  std::string& path = settings.url->path;
  for (const std::string_view page : {"/search", "/trace", "/dependencies", "/monitor"}) {
    if (path.ends_with(page)) {
      path.resize(path.size() - page.size());
    }
  }
  path.resize(std::min(path.size(), path.rfind("/trace/")));
  return with_tenant(std::move(settings));
}

}  // namespace

Jaeger::Jaeger(const settings::QuerySettings& settings)
    : Jaeger(settings, grpc_port_of(settings)) {}

Jaeger::Jaeger(const settings::QuerySettings& settings, std::optional<net::Url> grpc_beside,
               std::size_t large_trace)
    : m_settings(at_api(settings)),
      m_api(m_settings, "Jaeger's query service (port 16686)"),
      m_grpc_beside(std::move(grpc_beside)),
      m_large_trace(large_trace) {}

bool Jaeger::found_nothing(const Answer& answer) {
  return answer.is_json(404) ||
         (answer.is_json(500) && read_error_message(answer.body) == "trace not found");
}

BackendInfo Jaeger::info() const {
  return {"jaeger", m_dialect == Dialect::v3 ? "v3" : "legacy", m_api.base()};
}

bool Jaeger::ships_whole_traces() const {
  if (m_grpc) {
    return m_grpc->ships_whole_traces();
  }
  return m_dialect == Dialect::legacy || m_summaries == Known::absent;
}

Result<BackendInfo> Jaeger::probe() {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  return m_grpc ? m_grpc->probe() : info();
}

Result<std::optional<Jaeger::Dialect>> Jaeger::detect_at_base(Answer& answer) {
  auto v3 = m_api.get("/api/v3/services");
  if (!v3) {
    return fail(std::move(v3).error());
  }
  const auto take = [&](Result<std::vector<std::string>> services) {
    if (services) {
      m_first_services = std::move(*services);
      m_has_first_services = true;
    }
    return services.has_value();
  };
  if (v3->is_json(200) && take(read_services_v3(v3->body))) {
    return Dialect::v3;
  }
  auto legacy = m_api.get("/api/services");
  if (!legacy) {
    return fail(std::move(legacy).error());
  }
  if (legacy->is_json(200) && take(read_services_legacy(legacy->body))) {
    return Dialect::legacy;
  }
  // An error of the API itself tells more than a route that is not there.
  answer = std::move(v3->shape == Shape::json ? *v3 : *legacy);
  return std::nullopt;
}

Result<std::optional<Jaeger::Dialect>> Jaeger::detect_http(Answer& answer) {
  auto found = detect_at_base(answer);
  if (!found || *found || answer.shape != Shape::web_page || !m_api.base_path().empty()) {
    return found;
  }
  // The usual base path of a Jaeger behind a proxy that serves something else at its root.
  m_api.set_base_path("/jaeger");
  Answer ignored;
  if (auto below = detect_at_base(ignored); below && *below) {
    note("the query API is below " + m_api.base());
    return below;
  }
  m_api.set_base_path("");
  return found;
}

Result<void> Jaeger::detect() {
  if (m_dialect) {
    return {};
  }
  Answer answer;
  auto found = detect_http(answer);
  if (!found) {
    return may_be_grpc(found.error()) ? detect_grpc(std::move(found).error())
                                      : fail(std::move(found).error());
  }
  if (!*found) {
    return fail(m_api.unexpected(answer));
  }
  m_dialect = **found;
  return {};
}

Result<std::vector<std::string>> Jaeger::services() {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  if (m_grpc) {
    return m_grpc->services();
  }
  if (std::exchange(m_has_first_services, false)) {
    return std::move(m_first_services);
  }
  const bool is_v3 = m_dialect == Dialect::v3;
  const auto answer = m_api.get(is_v3 ? "/api/v3/services" : "/api/services");
  if (!answer) {
    return fail(answer.error());
  }
  if (!answer->is_json(200)) {
    return fail(m_api.unexpected(*answer));
  }
  return is_v3 ? read_services_v3(answer->body) : read_services_legacy(answer->body);
}

Result<std::vector<std::string>> Jaeger::operations(const std::string& service) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  if (m_grpc) {
    return m_grpc->operations(service);
  }
  const bool is_v3 = m_dialect == Dialect::v3;
  auto answer = m_api.get(is_v3 ? "/api/v3/operations" : "/api/operations", {{"service", service}});
  if (answer && !is_v3 && answer->shape != Shape::json) {
    // VictoriaTraces has the older of the two routes only.
    answer = m_api.get(fmt::format("/api/services/{}/operations", percent_encode(service)));
  }
  if (!answer) {
    return fail(std::move(answer).error());
  }
  if (!answer->is_json(200)) {
    return fail(m_api.unexpected(*answer));
  }
  return read_operations(answer->body);
}

Result<std::vector<trace::Trace>> Jaeger::read_traces(std::string_view path,
                                                      const std::vector<Parameter>& parameters,
                                                      Dialect dialect, Answer& answer) {
  trace::TraceBuilder builder;
  OtlpJsonReader otlp(builder);
  JaegerJsonReader legacy(builder);
  JsonHandler& reader =
      dialect == Dialect::v3 ? static_cast<JsonHandler&>(otlp) : static_cast<JsonHandler&>(legacy);
  JsonFeed feed(reader);
  auto streamed = m_api.stream(path, parameters, {feed});
  if (!streamed) {
    return fail(std::move(streamed).error());
  }
  answer = std::move(*streamed);
  if (builder.invalid_spans() > 0) {
    note(counted(builder.invalid_spans(), "span") + " without a valid id left out");
  }
  auto traces = builder.finish();
  std::for_each(traces.begin(), traces.end(), mark_truncated);
  return traces;
}

Result<trace::Trace> Jaeger::trace(const TraceId& id) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  if (m_grpc) {
    return m_grpc->trace(id);
  }
  if (auto large = large_trace(id)) {
    return std::move(*large);
  }
  const bool is_v3 = m_dialect == Dialect::v3;
  const std::string path = (is_v3 ? "/api/v3/traces/" : "/api/traces/") + to_hex(id);
  Answer answer;
  auto traces =
      read_traces(path, trace_parameters(m_settings.wants_raw_traces), *m_dialect, answer);
  if (!traces) {
    return fail(std::move(traces).error());
  }
  if (!found_nothing(answer) && (answer.status != 200 || answer.shape != Shape::json)) {
    return fail(m_api.unexpected(answer));
  }
  return take_trace(std::move(*traces), id);
}

std::string Jaeger::page_of(const TraceId& id) const {
  return m_grpc ? m_grpc->page_of(id) : m_api.base() + "/trace/" + to_hex(id);
}

RemoteKind jaeger_backend() {
  return {settings::BackendKind::jaeger, 16686, open_remote<Jaeger>};
}

}  // namespace otelctl::query
