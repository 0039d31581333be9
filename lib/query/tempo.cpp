// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/tempo.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "query/otlp_protobuf.hpp"
#include "query/remote_kinds.hpp"
#include "query/small_json.hpp"
#include "query/take_trace.hpp"
#include "query/tempo_json.hpp"
#include "query/traceql.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {
namespace {

using std::chrono::seconds;

// Since Tempo 2.8; else it gives whichever traces it finds first.
constexpr std::string_view k_most_recent = " with (most_recent=true)";

// Whole seconds, rounded outwards; a time without length is refused.
std::vector<Parameter> time_of(const Search& search) {
  const auto start = std::chrono::floor<seconds>(search.start.time_since_epoch()).count();
  const auto end = std::chrono::ceil<seconds>(search.end.time_since_epoch()).count();
  const std::int64_t from = std::max<std::int64_t>(start, 0);
  return {{"start", fmt::format("{}", from)},
          {"end", fmt::format("{}", std::max<std::int64_t>(end, from + 1))}};
}

// Whether a span of it may start within the time: Tempo's durations are cut to milliseconds.
bool may_be_within(const trace::Summary& summary, const Search& search) {
  const nanoseconds slack = std::chrono::milliseconds(1);
  const nanoseconds room = Time::max() - summary.start;
  return summary.start <= search.end &&
         summary.start + std::min(summary.duration + slack, room) >= search.start;
}

// Tempo compared the exact duration, so what was cut off its answer is known to have been there.
void make_exact(trace::Summary& summary, const Search& search) {
  if (search.min_duration) {
    summary.duration = std::max(summary.duration, *search.min_duration);
  }
  if (search.max_duration) {
    summary.duration = std::min(summary.duration, *search.max_duration);
  }
}

bool is_missing(const Answer& answer) {
  return answer.status == 404 || answer.status == 501;
}

// Also in the words of VictoriaTraces, which answers 400 for a route that it does not have.
bool is_missing_route(const Answer& answer) {
  return is_missing(answer) || answer.status == 400;
}

}  // namespace

Tempo::Tempo(const settings::QuerySettings& settings)
    : m_api(settings, "Tempo's HTTP API (port 3200)") {}

Result<void> Tempo::detect() {
  if (m_is_detected) {
    return {};
  }
  auto echo = m_api.get("/api/echo");
  if (!echo) {
    return fail(std::move(echo).error());
  }
  if (echo->status != 200 || trim(echo->body) != "echo") {
    // Not every copy of the API has it.
    auto values = m_api.get("/api/v2/search/tag/resource.service.name/values");
    if (!values) {
      return fail(std::move(values).error());
    }
    if (!values->is_json(200) || !read_tempo_values(values->body)) {
      return fail(m_api.unexpected(*values));
    }
  }
  m_is_detected = true;
  return {};
}

Result<BackendInfo> Tempo::probe() {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  return BackendInfo{"tempo", "traceql", m_api.base()};
}

Result<std::vector<std::string>> Tempo::tag_values(const std::string& newer,
                                                   const std::string& older,
                                                   std::vector<Parameter> parameters) {
  parameters.insert(parameters.end(), m_searched_time.begin(), m_searched_time.end());
  auto answer = m_api.get(fmt::format("/api/v2/search/tag/{}/values", newer), parameters);
  if (answer && is_missing_route(*answer)) {
    answer = m_api.get(fmt::format("/api/search/tag/{}/values", older), m_searched_time);
  }
  if (!answer) {
    return fail(std::move(answer).error());
  }
  if (!answer->is_json(200)) {
    return fail(m_api.unexpected(*answer));
  }
  return read_tempo_values(answer->body);
}

Result<std::vector<std::string>> Tempo::services() {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  return tag_values("resource.service.name", "service.name", {});
}

Result<std::vector<std::string>> Tempo::operations(const std::string& service) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  Search of_service;
  of_service.filter.service = service;
  return tag_values("name", "name", {{"q", traceql(of_service)}});
}

Result<Answer> Tempo::ask(const Search& search, const std::string& query) {
  std::vector<Parameter> parameters = {{"q", query}, {"limit", fmt::format("{}", search.limit)}};
  parameters.insert(parameters.end(), m_searched_time.begin(), m_searched_time.end());
  return m_api.get("/api/search", parameters);
}

Result<SearchAnswer> Tempo::search(const Search& search) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  m_searched_time = time_of(search);
  const std::string query = traceql(search);
  auto answer = ask(search, m_knows_most_recent ? query + std::string(k_most_recent) : query);
  if (answer && answer->status == 400 && m_knows_most_recent) {
    auto without = ask(search, query);
    if (without && without->is_json(200)) {
      m_knows_most_recent = false;
      answer = std::move(without);
    }
  }
  if (!answer) {
    return fail(std::move(answer).error());
  }
  if (!answer->is_json(200)) {
    return fail(m_api.unexpected(*answer));
  }
  auto summaries = read_tempo_search(answer->body, search.filter.must_have_failed);
  if (!summaries) {
    return fail(std::move(summaries).error().within(m_api.base()));
  }
  SearchAnswer found;
  found.received = summaries->size();
  if (!m_knows_most_recent && found.received >= search.limit) {
    note(
        "this Tempo cannot be asked for its newest traces: where it has more than it may give, it "
        "gives those that it finds first");
  }
  if (std::any_of(summaries->begin(), summaries->end(),
                  [](const trace::Summary& summary) { return summary.span_count == 0; })) {
    note("this Tempo does not count spans: their numbers and services are unknown in its list");
  }
  for (trace::Summary& summary : *summaries) {
    if (may_be_within(summary, search)) {
      make_exact(summary, search);
      found.traces.push_back(std::move(summary));
    }
  }
  return found;
}

Result<std::optional<trace::Trace>> Tempo::read_trace(const TraceId& id, bool is_v2) {
  trace::TraceBuilder builder;
  OtlpProtobufReader protobuf(builder,
                              is_v2 ? OtlpMessage::tempo_answer : OtlpMessage::traces_data);
  TempoJsonReader json(builder);
  JsonFeed feed(json);
  const auto answer = m_api.stream((is_v2 ? "/api/v2/traces/" : "/api/traces/") + to_hex(id), {},
                                   {feed, &protobuf});
  if (!answer) {
    return fail(answer.error());
  }
  // Protobuf of nothing at all is an empty body.
  const bool is_read =
      answer->status == 200 && (answer->shape == Shape::protobuf || answer->shape == Shape::json ||
                                answer->shape == Shape::empty);
  if (!is_read && !(is_v2 ? is_missing_route(*answer) : is_missing(*answer))) {
    return fail(m_api.unexpected(*answer));
  }
  const std::size_t left_out = builder.invalid_spans() + protobuf.left_out();
  if (left_out > 0) {
    note(counted(left_out, "span") + " without a valid id left out");
  }
  m_knows_v2 |= is_v2 && is_read;
  const bool is_partial = protobuf.is_partial() || json.is_partial();
  const std::string message = protobuf.message().empty() ? json.message() : protobuf.message();
  auto found = take_trace(builder.finish(), id);
  if (!found) {
    return std::nullopt;
  }
  if (is_partial) {
    found->is_truncated = true;
    found->warnings.push_back(message.empty() ? "Tempo gave only a part of the trace" : message);
  }
  return std::move(*found);
}

Result<trace::Trace> Tempo::trace(const TraceId& id) {
  if (auto detected = detect(); !detected) {
    return fail(std::move(detected).error());
  }
  auto found = read_trace(id, true);
  if (found && !*found && !m_knows_v2) {
    found = read_trace(id, false);
  }
  if (!found) {
    return fail(std::move(found).error());
  }
  return *found ? Result<trace::Trace>(std::move(**found)) : take_trace({}, id);
}

RemoteKind tempo_backend() {
  return {settings::BackendKind::tempo, 3200, open_remote<Tempo>};
}

}  // namespace otelctl::query
