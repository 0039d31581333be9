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

// 400, because this storage cannot search over all services.
bool wants_service(const Answer& answer, const Search& search) {
  return answer.is_json(400) && search.filter.service.empty() &&
         speaks_of_service(read_error_message(answer.body).value_or(""));
}

// api_v3 answers 404 where it found nothing; a 404 that is no JSON means that the route is not
// there. The gateway of 1.35 to 1.52 made 500 of what the service behind it says.
bool found_nothing(const Answer& answer) {
  return answer.is_json(404) ||
         (answer.is_json(500) && read_error_message(answer.body) == "trace not found");
}

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
  const auto answer = m_api.get(m_dialect == Dialect::v3 ? "/api/v3/operations" : "/api/operations",
                                {{"service", service}});
  if (!answer) {
    return fail(answer.error());
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

Result<SearchAnswer> Jaeger::search(const Search& search) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  auto found = m_grpc ? m_grpc->search(search) : search_over_http(search);
  if (found) {
    for (const trace::Summary& summary : found->traces) {
      if (summary.span_count > m_large_trace) {
        m_large.insert(summary.id);
      }
    }
  }
  return found;
}

Result<SearchAnswer> Jaeger::search_over_http(const Search& search) {
  if (m_dialect == Dialect::legacy) {
    return search_legacy(search);
  }
  if (m_summaries != Known::absent) {
    auto summaries = search_summaries(search);
    if (!summaries) {
      return fail(std::move(summaries).error());
    }
    if (*summaries) {
      return std::move(**summaries);
    }
  }
  // Between 1.54 and 2.18 api_v3 takes no attributes and says nothing about it: a wrong answer.
  if (search.filter.has_attributes() && has_legacy_search()) {
    auto found = search_legacy(search);
    // One attribute that is not finite makes it fail whole, where api_v3 has words for it.
    if (found || found.error().kind != ErrorKind::not_understood) {
      return found;
    }
  }
  return search_v3(search);
}

Result<std::optional<SearchAnswer>> Jaeger::search_summaries(const Search& search) {
  const auto answer = m_api.get("/api/v3/trace-summaries", v3_parameters(search));
  if (!answer) {
    return fail(answer.error());
  }
  if (answer->is_json(200)) {
    auto summaries = read_summaries(answer->body);
    if (!summaries) {
      return fail(std::move(summaries).error().within(m_api.base()));
    }
    m_summaries = Known::present;
    const std::size_t received = summaries->size();
    return SearchAnswer{std::move(*summaries), received, false};
  }
  if (wants_service(*answer, search)) {
    m_summaries = Known::present;
    return SearchAnswer{{}, 0, true};
  }
  if (found_nothing(*answer)) {
    return SearchAnswer{};
  }
  // Not there: 404 as plain text, or the user interface's page with 200 (Jaeger before 2.16).
  const bool is_absent =
      answer->shape != Shape::json && (answer->status == 404 || answer->shape == Shape::web_page);
  if (!is_absent) {
    return fail(m_api.unexpected(*answer));
  }
  m_summaries = Known::absent;
  return std::nullopt;
}

Result<SearchAnswer> Jaeger::search_v3(const Search& search) {
  Answer answer;
  auto traces = read_traces("/api/v3/traces", v3_parameters(search), Dialect::v3, answer);
  if (!traces) {
    return fail(std::move(traces).error());
  }
  if (wants_service(answer, search)) {
    return SearchAnswer{{}, 0, true};
  }
  if (!found_nothing(answer) && (answer.status != 200 || answer.shape != Shape::json)) {
    return fail(m_api.unexpected(answer));
  }
  const std::size_t received = traces->size();
  if (search.filter.has_attributes()) {
    note(
        fmt::format("this backend cannot filter by tags or errors: done here, among the {} that "
                    "it gave",
                    search.limit));
    std::erase_if(*traces,
                  [&](const trace::Trace& trace) { return !matches(trace, search.filter); });
  }
  SearchAnswer found = summarize_all(*traces);
  found.received = received;
  return found;
}

Result<SearchAnswer> Jaeger::search_legacy(const Search& search) {
  if (search.filter.service.empty()) {
    return SearchAnswer{{}, 0, true};
  }
  Answer answer;
  const auto traces =
      read_traces("/api/traces", legacy_parameters(search), Dialect::legacy, answer);
  if (!traces) {
    return fail(traces.error());
  }
  if (answer.status != 200 || answer.shape != Shape::json) {
    return fail(m_api.unexpected(answer));
  }
  return summarize_all(*traces);
}

bool Jaeger::has_legacy_search() {
  if (m_legacy_search == Known::unknown) {
    const auto answer = m_api.get("/api/services");
    const bool is_there =
        answer && answer->is_json(200) && read_services_legacy(answer->body).has_value();
    m_legacy_search = is_there ? Known::present : Known::absent;
  }
  return m_legacy_search == Known::present;
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
