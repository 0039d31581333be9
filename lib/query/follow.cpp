// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/follow.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

namespace otelctl::query {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// Spans arrive late: batches of SDKs wait for 5 s, those of collectors and stores for longer.
constexpr nanoseconds k_lateness = minutes(2);
constexpr nanoseconds k_quiet_after = seconds(3);
constexpr nanoseconds k_first_pause = seconds(2);
constexpr nanoseconds k_longest_pause = seconds(30);
// More than comes between two questions of a system that a person can follow.
constexpr std::size_t k_most_summaries = 500;
constexpr std::size_t k_most_whole_traces = 100;

// Which traces were shown; the first ones are forgotten long after no answer holds them any more.
class ShownIds {
 public:
  bool contains(const TraceId& id) const { return m_ids.contains(id); }
  void add(const TraceId& id) {
    constexpr std::size_t k_most = 10'000;
    if (m_ids.insert(id).second) {
      m_order.push_back(id);
    }
    if (m_order.size() > k_most) {
      m_ids.erase(m_order.front());
      m_order.pop_front();
    }
  }

 private:
  std::unordered_set<TraceId> m_ids;
  std::deque<TraceId> m_order;
};

// A trace that may still grow.
struct Pending {
  trace::Summary summary;
  bool is_quiet = false;
  bool is_there = true;  // in the last answer
};

class Following {
 public:
  Following(Backend& backend, const FollowOptions& options, const Clock& clock, Follower& follower)
      : m_backend(backend), m_options(options), m_clock(clock), m_follower(follower) {}

  Result<FollowEnd> run() {
    const nanoseconds began = m_clock.monotonic();
    if (auto begun = begin(); !begun) {
      return fail(std::move(begun).error());
    }
    for (;;) {
      show_quiet();
      if (m_options.enough && m_end.shown >= *m_options.enough) {
        return ended(FollowEnd::Reason::enough);
      }
      const nanoseconds left = time_left(began);
      if (left <= nanoseconds{0}) {
        return time_is_over();
      }
      if (!m_follower.wait(std::min(pause(), left))) {
        return ended(FollowEnd::Reason::stopped);
      }
      ask_again();
    }
  }

 private:
  Result<FollowEnd> ended(FollowEnd::Reason reason) {
    m_end.reason = reason;
    return m_end;
  }

  // What was seen is shown, quiet or not: it will not be seen again.
  Result<FollowEnd> time_is_over() {
    if (m_failure) {
      return fail(std::move(*m_failure));
    }
    for (auto& [id, pending] : m_pending) {
      pending.is_quiet = true;
    }
    show_quiet();
    return ended(FollowEnd::Reason::time_is_over);
  }

  nanoseconds time_left(nanoseconds began) const {
    return m_options.time_limit ? *m_options.time_limit - (m_clock.monotonic() - began)
                                : nanoseconds::max();
  }

  nanoseconds pause() const { return std::max(m_options.interval, m_pause); }

  Result<void> begin() {
    LastQuery query = m_options.query;
    query.order = Order::start;
    auto first = find_last(m_backend, query);
    if (!first) {
      return fail(std::move(first).error());
    }
    m_reach = first->reach;
    for (const std::string& note : first->notes) {
      m_follower.note(note);
    }
    const bool may_have_more = first->traces.size() == query.count;
    const Time oldest = first->traces.empty() ? Time{} : first->traces.back().start;
    take(*first);
    return may_have_more ? pass_over(oldest) : Result<void>();
  }

  // Those that are there already and are older than the last ones are no news.
  Result<void> pass_over(Time oldest) {
    auto there = find_last(m_backend, next_query());
    if (!there) {
      return fail(std::move(there).error());
    }
    for (const trace::Summary& summary : there->traces) {
      if (summary.start < oldest) {
        m_shown.add(summary.id);
      }
    }
    return {};
  }

  LastQuery next_query() const {
    LastQuery query = m_options.query;
    query.order = Order::start;
    query.count = m_backend.ships_whole_traces() ? k_most_whole_traces : k_most_summaries;
    query.now = m_clock.now();
    query.asks_whole_time = true;
    query.reach = m_reach;
    if (m_newest) {
      // A clock that is ahead must not hide the traces of the others.
      query.since = std::max(query.since, std::min(*m_newest, query.now) - k_lateness);
      for (const auto& [id, pending] : m_pending) {
        query.since = std::min(query.since, pending.summary.start);
      }
    }
    return query;
  }

  void ask_again() {
    auto found = find_last(m_backend, next_query());
    if (!found) {
      fail_once(std::move(found).error());
      return;
    }
    if (std::exchange(m_failure, std::nullopt)) {
      m_pause = nanoseconds{0};
      m_follower.note("the backend answers again");
    }
    if (found->is_truncated && !std::exchange(m_has_noted_truncation, true)) {
      m_follower.note(
          "more traces come than can be looked at: not all of them are shown; choose "
          "with --service or --errors");
    }
    m_reach = m_reach == Reach::unknown ? found->reach : m_reach;
    take(*found);
  }

  void fail_once(Error error) {
    m_pause = m_failure ? std::min(m_pause * 2, k_longest_pause) : k_first_pause;
    if (!m_failure) {
      m_follower.note(fmt::format("{}: asking again until it answers", error.message));
    }
    m_failure = std::move(error);
  }

  void take(LastTraces& found) {
    for (auto& [id, pending] : m_pending) {
      pending.is_there = false;
    }
    for (trace::Summary& summary : found.traces) {
      m_newest = std::max(m_newest.value_or(summary.start), summary.start);
      if (!m_shown.contains(summary.id)) {
        take(std::move(summary));
      }
    }
    // A store that forgets it will not make it grow.
    for (auto& [id, pending] : m_pending) {
      pending.is_quiet |= !pending.is_there;
    }
  }

  void take(trace::Summary summary) {
    const TraceId id = summary.id;
    const bool ended_long_ago = summary.start + summary.duration <= m_clock.now() - k_quiet_after;
    const auto known = m_pending.find(id);
    if (known == m_pending.end()) {
      m_pending.emplace(id, Pending{std::move(summary), ended_long_ago, true});
      return;
    }
    const bool has_grown = known->second.summary.span_count != summary.span_count;
    known->second = Pending{std::move(summary), ended_long_ago || !has_grown, true};
  }

  void show_quiet() {
    std::vector<trace::Summary> quiet;
    for (auto each = m_pending.begin(); each != m_pending.end();) {
      if (each->second.is_quiet) {
        m_shown.add(each->first);
        quiet.push_back(std::move(each->second.summary));
        each = m_pending.erase(each);
      } else {
        ++each;
      }
    }
    if (quiet.empty()) {
      return;
    }
    std::sort(quiet.begin(), quiet.end(),
              [](const trace::Summary& left, const trace::Summary& right) {
                return std::tie(left.start, left.id) < std::tie(right.start, right.id);
              });
    m_end.shown += quiet.size();
    m_follower.show(quiet);
  }

  Backend& m_backend;
  const FollowOptions& m_options;
  const Clock& m_clock;
  Follower& m_follower;
  std::unordered_map<TraceId, Pending> m_pending;
  ShownIds m_shown;
  std::optional<Time> m_newest;
  Reach m_reach = Reach::unknown;
  std::optional<Error> m_failure;  // of the last question
  nanoseconds m_pause{0};          // because of failures
  bool m_has_noted_truncation = false;
  FollowEnd m_end;
};

}  // namespace

Result<FollowEnd> follow(Backend& backend, const FollowOptions& options, const Clock& clock,
                         Follower& follower) {
  return Following(backend, options, clock, follower).run();
}

}  // namespace otelctl::query
