// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/last.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::query {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<nanoseconds, 5> k_windows = {minutes(5), minutes(30), hours(2), hours(12),
                                                  hours(48)};
constexpr nanoseconds k_clock_slack = minutes(5);
constexpr std::size_t k_max_services = 200;
// A summary takes some hundred bytes of an answer, a whole trace a hundred thousand.
constexpr std::size_t k_most_summaries = 1500;
constexpr std::size_t k_most_whole_traces = 200;
constexpr int k_max_rounds = 8;
// What the APIs ask with are 32 bits, and twice as many is asked for at once.
constexpr std::size_t k_most_wanted = std::numeric_limits<std::int32_t>::max() / 2;

// Jaeger traces its own queries when it is told to; each of ours would be a newer trace.
bool is_jaeger_itself(std::string_view service) {
  return service == "jaeger" || service == "jaeger-query" || service == "jaeger-all-in-one" ||
         service == "jaeger-collector";
}

class LastSearch {
 public:
  LastSearch(Backend& backend, const LastQuery& query) : m_backend(backend), m_query(query) {}

  Result<LastTraces> run() {
    if (auto probed = m_backend.probe(); !probed) {
      return fail(std::move(probed).error());
    }
    const bool is_over_all = m_query.services.empty();
    m_sources = is_over_all ? std::vector<std::string>{""} : m_query.services;
    m_reach = is_over_all ? m_query.reach : Reach::over_all;
    if (m_reach != Reach::each_service) {
      if (auto done = over_windows(); !done) {
        return fail(std::move(done).error());
      }
    }
    // Cassandra and old memory stores answer nothing where they should say that they cannot.
    if (is_over_all && !m_backend.is_archive() && m_found.empty() &&
        (m_needs_service || m_reach != Reach::over_all)) {
      m_reach = Reach::each_service;
      if (auto done = over_services(); !done) {
        return fail(std::move(done).error());
      }
    }
    return result();
  }

 private:
  Result<void> over_services() {
    auto services = m_backend.services();
    if (!services) {
      return fail(std::move(services).error());
    }
    if (services->size() > k_max_services) {
      m_notes.push_back(
          fmt::format("asked for the first {} of {} services; name others with "
                      "--service",
                      k_max_services, services->size()));
      services->resize(k_max_services);
      m_has_more_services = true;
    }
    // Spans may name none; to search for that is to search over all.
    std::erase(*services, "");
    m_sources = std::move(*services);
    return m_sources.empty() ? Result<void>() : over_windows();
  }

  Result<void> over_windows() {
    m_needs_service = false;
    for (const Time start : window_starts()) {
      auto done = look_in(start);
      if (!done || m_needs_service || (m_query.order == Order::start && has_enough(start))) {
        return done;
      }
    }
    return {};
  }

  // From short to long; the whole time at once where not the newest are wanted.
  std::vector<Time> window_starts() const {
    if (m_query.asks_whole_time || m_backend.is_archive()) {
      return {m_query.since};
    }
    std::vector<Time> starts;
    const Time until = m_query.until.value_or(m_query.now);
    for (const nanoseconds window : k_windows) {
      if (m_query.order == Order::start && until - window > m_query.since) {
        starts.push_back(until - window);
      }
    }
    starts.push_back(m_query.since);
    return starts;
  }

  std::size_t most() const {
    return m_backend.ships_whole_traces() ? k_most_whole_traces : k_most_summaries;
  }

  std::size_t wanted() const { return std::min(m_query.count, k_most_wanted); }

  // One more than is wanted is what shows that there are not more than wanted.
  std::size_t first_limit() const {
    const std::size_t count = m_query.order == Order::start ? wanted() : most() / 4;
    return m_backend.ships_whole_traces() ? count + 1 : std::max<std::size_t>(2 * count, 20);
  }

  Result<void> look_in(Time start) {
    std::size_t limit = first_limit();
    std::vector<std::string> full = m_sources;
    for (int round = 0; round < k_max_rounds; ++round) {
      auto asked = ask(full, start, limit);
      if (!asked) {
        return fail(std::move(asked).error());
      }
      full = std::move(*asked);
      m_looked_at = limit;
      if (full.empty() || m_needs_service) {
        m_is_truncated = false;
        return {};
      }
      const Time asked_from = start;
      if (m_query.order == Order::start && has_enough(start)) {
        start = last_wanted_start();
      }
      const std::size_t limit_before = limit;
      // A store that gives the oldest first would let the time shrink by few traces a round.
      limit = std::min(limit * 2, std::max(most(), wanted() + 1));
      if (start == asked_from && limit == limit_before) {
        break;
      }
    }
    m_is_truncated = true;
    return {};
  }

  // Asks each source and gives those back whose answers were full.
  Result<std::vector<std::string>> ask(const std::vector<std::string>& sources, Time start,
                                       std::size_t limit) {
    std::vector<Search> searches;
    for (const std::string& source : sources) {
      Search search;
      search.filter = m_query.filter;
      search.filter.service = source;
      search.start = start;
      search.end = m_query.end();
      search.limit = limit;
      // No span of a trace takes longer than the trace, so the backend may choose by that.
      search.max_span_duration = m_query.max_duration;
      search.min_duration = m_query.min_duration;
      search.max_duration = m_query.max_duration;
      searches.push_back(std::move(search));
    }
    auto full = take_all(searches);
    if (full && m_query.min_duration) {
      // A trace may be longer than any of its spans, so the first questions were without it; these
      // find the others even among many short ones, and decide whether there are more.
      for (Search& search : searches) {
        search.min_span_duration = m_query.min_duration;
      }
      full = take_all(searches);
    }
    return full;
  }

  // The services of the searches whose answers were full.
  Result<std::vector<std::string>> take_all(const std::vector<Search>& searches) {
    auto answers = m_backend.search_all(searches);
    std::vector<std::string> full;
    for (std::size_t index = 0; index < answers.size(); ++index) {
      if (!answers[index]) {
        return fail(std::move(answers[index]).error());
      }
      if (!m_backend.is_archive() && answers[index]->received >= searches[index].limit) {
        full.push_back(searches[index].filter.service);
      }
      take(std::move(*answers[index]));
    }
    return full;
  }

  void take(SearchAnswer answer) {
    m_needs_service |= answer.needs_service;
    for (trace::Summary& summary : answer.traces) {
      // Seen again it may have grown.
      const auto [known, is_new] = m_found.try_emplace(summary.id, summary);
      if (!is_new && known->second.span_count < summary.span_count) {
        known->second = std::move(summary);
      }
    }
  }

  bool is_wanted(const trace::Summary& summary) const {
    return (!m_query.min_duration || summary.duration >= *m_query.min_duration) &&
           (!m_query.max_duration || summary.duration <= *m_query.max_duration) &&
           (!m_query.filter.must_have_failed || summary.error_count > 0) &&
           !is_jaegers_own(summary);
  }

  bool is_jaegers_own(const trace::Summary& summary) const {
    return m_query.services.empty() && !m_backend.is_archive() && summary.services.size() == 1 &&
           is_jaeger_itself(summary.services.front().name);
  }

  bool has_enough(Time start) const {
    const auto count = std::count_if(m_found.begin(), m_found.end(), [&](const auto& entry) {
      return is_wanted(entry.second) && entry.second.start >= start;
    });
    return static_cast<std::size_t>(count) >= m_query.count;
  }

  // The start of the last of the newest that are wanted: older ones cannot matter any more.
  Time last_wanted_start() const {
    std::vector<Time> starts;
    for (const auto& [id, summary] : m_found) {
      if (is_wanted(summary)) {
        starts.push_back(summary.start);
      }
    }
    const auto last = starts.begin() + static_cast<std::ptrdiff_t>(m_query.count) - 1;
    std::nth_element(starts.begin(), last, starts.end(), std::greater<>());
    return *last;
  }

  bool is_before(const trace::Summary& left, const trace::Summary& right) const {
    const auto rank = [&](const trace::Summary& summary) -> std::int64_t {
      switch (m_query.order) {
        case Order::start:
          return 0;
        case Order::duration:
          return summary.duration.count();
        case Order::spans:
          return static_cast<std::int64_t>(summary.span_count);
        case Order::errors:
          return static_cast<std::int64_t>(summary.error_count);
      }
      return 0;
    };
    return std::make_tuple(rank(right), right.start, left.id) <
           std::make_tuple(rank(left), left.start, right.id);
  }

  LastTraces result() {
    LastTraces last;
    std::size_t own = 0;
    for (auto& [id, summary] : m_found) {
      if (is_jaegers_own(summary)) {
        ++own;
      }
      if (is_wanted(summary)) {
        last.traces.push_back(std::move(summary));
      }
    }
    std::sort(last.traces.begin(), last.traces.end(),
              [&](const trace::Summary& left, const trace::Summary& right) {
                return is_before(left, right);
              });
    if (last.traces.size() > m_query.count) {
      last.traces.resize(m_query.count);
    }
    last.is_truncated = m_is_truncated || m_has_more_services;
    last.reach = m_found.empty()                  ? Reach::unknown
                 : m_reach == Reach::each_service ? Reach::each_service
                                                  : Reach::over_all;
    last.notes = m_backend.notes();
    last.notes.insert(last.notes.end(), m_notes.begin(), m_notes.end());
    if (m_is_truncated) {
      last.notes.push_back(
          fmt::format("the backend has more traces than the {} that were looked at; narrow the "
                      "search with --since, --until or --service",
                      m_looked_at));
    }
    if (own > 0) {
      last.notes.push_back(
          fmt::format("{} of Jaeger itself left out; --service shows them", counted(own, "trace")));
    }
    return last;
  }

  Backend& m_backend;
  const LastQuery& m_query;
  // The services to ask for; "" asks over all.
  std::vector<std::string> m_sources;
  std::unordered_map<TraceId, trace::Summary> m_found;
  std::vector<std::string> m_notes;
  std::size_t m_looked_at = 0;
  Reach m_reach = Reach::unknown;
  bool m_needs_service = false;
  bool m_is_truncated = false;
  bool m_has_more_services = false;
};

}  // namespace

void LastQuery::take_all_time() {
  since = Time{};
  until = Time::max();
}

bool LastQuery::is_of_all_time() const {
  return since == Time{} && until == Time::max();
}

Time LastQuery::end() const {
  return until ? *until : now + k_clock_slack;
}

Result<LastTraces> find_last(Backend& backend, const LastQuery& query) {
  return LastSearch(backend, query).run();
}

}  // namespace otelctl::query
