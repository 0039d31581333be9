// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/zipkin.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "query/remote_kinds.hpp"
#include "query/small_json.hpp"
#include "query/take_trace.hpp"
#include "query/zipkin_json.hpp"
#include "query/zipkin_parameters.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {
namespace {

// The user interface is below this path, and the API there as well as at the root.
constexpr std::string_view k_page = "/zipkin";

// Leaves of ".../zipkin/traces/ID" and its like what the API is below.
std::string without_page(std::string_view path) {
  const std::string with_end = std::string(path) + '/';
  const auto place = with_end.find("/zipkin/");
  return std::string(
      path.substr(0, place == std::string::npos ? path.size() : place + k_page.size()));
}

bool has_span_within(const trace::Trace& trace, const Search& search) {
  return std::any_of(trace.spans.begin(), trace.spans.end(), [&](const trace::Span& span) {
    return span.start == Time{} || (span.start >= search.start && span.start <= search.end);
  });
}

}  // namespace

Zipkin::Zipkin(const settings::QuerySettings& settings)
    : m_api(settings, "Zipkin's server (port 9411)") {
  m_api.set_base_path(without_page(m_api.base_path()));
}

Result<void> Zipkin::detect() {
  if (m_is_detected) {
    return {};
  }
  const std::string given(m_api.base_path());
  auto answer = m_api.get("/api/v2/services");
  if (answer && answer->shape != Shape::json && !given.ends_with(k_page)) {
    // A proxy may let only the page's path through.
    m_api.set_base_path(given + std::string(k_page));
    auto below = m_api.get("/api/v2/services");
    if (below && below->is_json(200)) {
      answer = std::move(below);
      note("the query API is below " + m_api.base());
    } else {
      m_api.set_base_path(given);
    }
  }
  if (!answer) {
    return fail(std::move(answer).error());
  }
  if (!answer->is_json(200)) {
    return fail(m_api.unexpected(*answer));
  }
  auto services = read_zipkin_names(answer->body);
  if (!services) {
    return fail(m_api.unexpected(*answer));
  }
  m_first_services = std::move(*services);
  m_is_detected = true;
  return {};
}

Result<BackendInfo> Zipkin::probe() {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  return BackendInfo{"zipkin", "v2", m_api.base()};
}

Result<std::vector<std::string>> Zipkin::names(std::string_view path,
                                               const std::vector<Parameter>& parameters) {
  const auto answer = m_api.get(path, parameters);
  if (!answer) {
    return fail(answer.error());
  }
  if (!answer->is_json(200)) {
    return fail(m_api.unexpected(*answer));
  }
  return read_zipkin_names(answer->body);
}

Result<std::vector<std::string>> Zipkin::services() {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  if (auto first = std::exchange(m_first_services, std::nullopt)) {
    return std::move(*first);
  }
  return names("/api/v2/services", {});
}

Result<std::vector<std::string>> Zipkin::operations(const std::string& service) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  return names("/api/v2/spans", {{"serviceName", in_its_case(service)}});
}

std::string Zipkin::in_its_case(const std::string& name) {
  std::string lower = to_lower(name);
  if (lower != name) {
    note(fmt::format("Zipkin keeps names in lower case: asked for '{}'",
                     escape_for_terminal(lower)));
  }
  return lower;
}

Result<std::vector<trace::Trace>> Zipkin::read_traces(const std::string& path,
                                                      const std::vector<Parameter>& parameters,
                                                      Answer& answer) {
  trace::TraceBuilder builder;
  ZipkinJsonReader reader(builder);
  JsonFeed feed(reader);
  auto streamed = m_api.stream(path, parameters, {feed});
  if (!streamed) {
    return fail(std::move(streamed).error());
  }
  answer = std::move(*streamed);
  if (builder.invalid_spans() > 0) {
    note(counted(builder.invalid_spans(), "span") + " without a valid id left out");
  }
  return builder.finish();
}

Result<SearchAnswer> Zipkin::search(const Search& search) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  in_its_case(search.filter.service);
  in_its_case(search.filter.operation);
  ZipkinSearch asked = zipkin_search(search);
  for (const std::string& key : asked.left_out) {
    note(
        fmt::format("Zipkin cannot be asked for this value of '{}': filtered here, among the "
                    "traces that it gave",
                    escape_for_terminal(key)));
  }
  Answer answer;
  auto traces = read_traces("/api/v2/traces", asked.parameters, answer);
  if (!traces) {
    return fail(std::move(traces).error());
  }
  if (!answer.is_json(200)) {
    return fail(m_api.unexpected(answer));
  }
  SearchAnswer found;
  found.received = traces->size();
  for (const trace::Trace& trace : *traces) {
    if (has_span_within(trace, search) && matches(trace, search.filter, NameCase::ignored)) {
      found.traces.push_back(trace::summarize(trace));
    }
  }
  return found;
}

Result<trace::Trace> Zipkin::trace(const TraceId& id) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  Answer answer;
  // Servers before 2.24 do not find an id of 64 bits with zeros before it.
  auto traces = read_traces("/api/v2/trace/" + trace::short_hex(id), {}, answer);
  if (!traces) {
    return fail(std::move(traces).error());
  }
  if (answer.status != 404 && !answer.is_json(200)) {
    return fail(m_api.unexpected(answer));
  }
  return take_trace(std::move(*traces), id);
}

std::string Zipkin::page_of(const TraceId& id) const {
  const std::string base = m_api.base();
  return base + std::string(base.ends_with(k_page) ? "" : k_page) + "/traces/" +
         trace::short_hex(id);
}

RemoteKind zipkin_backend() {
  return {settings::BackendKind::zipkin, 9411, open_remote<Zipkin>};
}

}  // namespace otelctl::query
