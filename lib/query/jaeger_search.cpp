// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// How a Jaeger is searched, in whichever dialect it speaks.
#include <algorithm>
#include <array>
#include <utility>

#include "query/jaeger.hpp"
#include "query/jaeger_answers.hpp"
#include "query/jaeger_parameters.hpp"
#include "query/small_json.hpp"
#include "trace/summary.hpp"

namespace otelctl::query {
namespace {

// 400, because this storage cannot search over all services.
bool wants_service(const Answer& answer, const Search& search) {
  return answer.is_json(400) && search.filter.service.empty() &&
         speaks_of_service(read_error_message(answer.body).value_or(""));
}

// What says that a route is not there: 404 as plain text, 400 so (VictoriaTraces), the user
// interface's page with 200 (Jaeger before 2.16), and a gateway's 404 in JSON of its own. api_v3
// itself answers 404 where it found nothing, and all its errors are JSON.
bool is_absent_route(const Answer& answer) {
  if (answer.shape == Shape::json) {
    return answer.status == 404 && !is_jaeger_error(answer.body);
  }
  constexpr std::array k_statuses{400, 404, 405, 501};
  return answer.shape == Shape::web_page ||
         std::find(k_statuses.begin(), k_statuses.end(), answer.status) != k_statuses.end();
}

}  // namespace

Result<SearchAnswer> Jaeger::search(const Search& search) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  auto found = search_as_far_as_allowed(search);
  if (found) {
    for (const trace::Summary& summary : found->traces) {
      if (summary.span_count > m_large_trace) {
        m_large.insert(summary.id);
      }
    }
  }
  return found;
}

// A store that may not be asked for so many traces only says so: one in memory when they are more
// than its max_traces, VictoriaTraces when they are more than its -search.maxTraces (1000). Half as
// many are asked for until it answers.
Result<SearchAnswer> Jaeger::search_as_far_as_allowed(const Search& search) {
  const auto ask = [&](const Search& allowed) {
    return m_grpc ? m_grpc->search(allowed) : search_over_http(allowed);
  };
  Search allowed = search;
  allowed.limit = std::min(search.limit, m_most_traces);
  auto found = ask(allowed);
  while (!found && allowed.limit > 1 && speaks_of_limit(found.error().message)) {
    allowed.limit /= 2;
    m_most_traces = allowed.limit;
    found = ask(allowed);
  }
  if (found && found->received >= allowed.limit) {
    // As full as it can be: there may be more.
    found->received = std::max(found->received, search.limit);
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
  if (found_nothing(*answer) && is_jaeger_error(answer->body)) {
    return SearchAnswer{};
  }
  if (!is_absent_route(*answer)) {
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
    note("this backend cannot filter by tags or errors: done here, among the traces that it gave");
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

}  // namespace otelctl::query
