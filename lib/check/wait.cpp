// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/wait.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "check/evaluate.hpp"
#include "check/limits.hpp"
#include "query/empty_answer.hpp"
#include "query/last.hpp"
#include "trace/analysis.hpp"

namespace otelctl::check {
namespace {

constexpr nanoseconds k_first_pause = std::chrono::milliseconds(500);
constexpr nanoseconds k_longest_pause = std::chrono::seconds(3);
constexpr std::chrono::hours k_standard_since{1};

nanoseconds longer(nanoseconds pause) {
  return std::min(pause + pause / 2, k_longest_pause);
}

constexpr std::string_view k_sampling_hint =
    "was it sampled out (a traceparent that ends in -00)? SDKs send in batches, some 5s after a "
    "span ends: flush before the program ends, or raise --timeout";

class Watch {
 public:
  Watch(query::Backend& backend, const Expectation& expectation, nanoseconds deadline,
        const Waiting& waiting)
      : m_backend(backend),
        m_expectation(expectation),
        m_waiting(waiting),
        m_begin(waiting.clock.now()),
        m_start(waiting.clock.monotonic()),
        m_deadline(deadline),
        m_settle(waiting.is_static ? nanoseconds::zero()
                                   : expectation.settle.value_or(k_standard_settle)) {
    m_outcome.name = expectation.name;
    m_outcome.file = expectation.file;
    m_outcome.line = expectation.line;
  }

  Outcome run() {
    nanoseconds pause = k_first_pause;
    while (true) {
      ++m_outcome.attempts;
      auto trouble = look();
      if (trouble && trouble->kind != ErrorKind::unreachable) {
        return with(std::move(*trouble));
      }
      if (!trouble && is_decided()) {
        return verdict();
      }
      const nanoseconds left = time_left();
      if (left <= nanoseconds::zero()) {
        return trouble ? with(std::move(*trouble)) : verdict();
      }
      tell(trouble);
      if (!m_waiting.pause(std::min(pause, left))) {
        return with({ErrorKind::interrupted, "interrupted while waiting for the trace"});
      }
      pause = longer(pause);
    }
  }

 private:
  struct Seen {
    JudgedTrace judged;
    nanoseconds changed{};  // when its number of spans last did
  };

  nanoseconds now() const { return m_waiting.clock.monotonic(); }

  // Until the deadline, or until what is complete has settled.
  nanoseconds time_left() const {
    nanoseconds end = m_deadline;
    if (m_waiting.is_static) {
      return nanoseconds::zero();
    }
    for (const auto& [id, seen] : m_seen) {
      if (seen.judged.is_complete() && seen.changed < m_deadline) {
        end = std::max(end, seen.changed + m_settle);
      }
    }
    nanoseconds left = end - now();
    // Not longer than what may decide it.
    for (const auto& [id, seen] : m_seen) {
      const nanoseconds rest = seen.changed + m_settle - now();
      left = rest > nanoseconds::zero() ? std::min(left, rest) : left;
    }
    return left;
  }

  // One look at the backend.
  std::optional<Error> look() {
    const auto ids = candidates();
    if (!ids) {
      return ids.error();
    }
    std::map<TraceId, Seen> seen;
    for (const TraceId& id : *ids) {
      auto trace = m_backend.trace(id);
      if (!trace && trace.error().kind == ErrorKind::not_seen) {
        continue;
      }
      if (!trace) {
        return trace.error();
      }
      seen.emplace(id, judge(id, std::move(*trace)));
    }
    m_seen = std::move(seen);
    if (m_expectation.find.which == Which::newest && m_seen.empty()) {
      m_pinned.reset();
    }
    return std::nullopt;
  }

  Seen judge(const TraceId& id, trace::Trace trace) {
    const auto before = m_seen.find(id);
    const bool is_same = before != m_seen.end() &&
                         before->second.judged.trace.spans.size() == trace.spans.size() &&
                         before->second.judged.trace.is_truncated == trace.is_truncated;
    Seen seen;
    seen.changed = is_same ? before->second.changed : now();
    {
      const trace::Analysis analysis(trace);
      seen.judged.checks = evaluate(analysis, m_expectation, m_typing);
    }
    seen.judged.trace = std::move(trace);
    // Newer ones may come all the time: the first that is complete is the one.
    if (m_expectation.find.which == Which::newest && seen.judged.is_complete()) {
      m_pinned = id;
    }
    return seen;
  }

  Result<std::vector<TraceId>> candidates() {
    auto info = m_backend.probe();
    if (!info) {
      return fail(std::move(info).error());
    }
    m_typing = info->kind == "zipkin" ? Typing::texts_only : Typing::kept;
    if (m_expectation.find.trace_id) {
      return std::vector<TraceId>{*m_expectation.find.trace_id};
    }
    if (m_pinned) {
      return std::vector<TraceId>{*m_pinned};
    }
    auto last = query::find_last(m_backend, last_query());
    if (!last) {
      return fail(std::move(last).error());
    }
    m_has_more = last->traces.size() > k_most_traces;
    std::vector<TraceId> ids;
    for (const trace::Summary& summary : last->traces) {
      if (ids.size() < k_most_traces) {
        ids.push_back(summary.id);
      }
    }
    m_order = ids;
    return ids;
  }

  query::LastQuery last_query() const {
    const Find& find = m_expectation.find;
    query::LastQuery query;
    query.count = find.which == Which::newest ? 1 : k_most_traces + 1;
    query.now = m_waiting.clock.now();
    // Counted from the first look, so that nothing slips out while it is waited for.
    const auto since = find.since ? parse_time(*find.since, m_begin) : Result<Time>(Time{});
    const Time standard = m_waiting.is_static ? Time{} : m_begin - k_standard_since;
    query.since = find.since && since ? *since : standard;
    if (!find.service.empty()) {
      query.services = {find.service};
    }
    query.filter.operation = find.operation;
    query.filter.tags = find.tags;
    query.filter.must_have_failed = find.must_have_failed;
    return query;
  }

  bool is_settled(const Seen& seen) const { return now() - seen.changed >= m_settle; }

  // No look from now on would change the verdict on it.
  static bool is_final(const Seen& seen) {
    const auto& checks = seen.judged.checks;
    return seen.judged.ok() || std::any_of(checks.begin(), checks.end(), [](const Check& check) {
             return !check.ok && !check.may_heal;
           });
  }

  bool is_decided() const {
    const auto is_done = [&](const auto& entry) {
      return is_settled(entry.second) && is_final(entry.second);
    };
    if (m_seen.empty()) {
      return false;
    }
    if (m_expectation.find.which == Which::any && !m_expectation.find.trace_id) {
      return std::any_of(m_seen.begin(), m_seen.end(), [&](const auto& entry) {
        return is_settled(entry.second) && entry.second.judged.ok();
      });
    }
    return std::all_of(m_seen.begin(), m_seen.end(), is_done);
  }

  void tell(const std::optional<Error>& trouble) {
    if (trouble && trouble->message != m_told) {
      m_told = trouble->message;
      m_waiting.note(fmt::format("waiting for up to {}: {}", timeout_words(), trouble->message));
    }
    m_waiting.progress(trouble ? trouble->message : state_words());
  }

  std::string state_words() const {
    if (m_seen.empty()) {
      return "no trace yet";
    }
    const Seen& seen = m_seen.begin()->second;
    const auto& checks = seen.judged.checks;
    const auto open =
        std::find_if(checks.begin(), checks.end(), [](const Check& check) { return !check.ok; });
    const std::string spans = counted(seen.judged.trace.spans.size(), "span");
    return open == checks.end() ? spans + ", settling"
                                : fmt::format("{}, {}: expected {}, got {}", spans, open->name,
                                              open->expected, open->got);
  }

  Outcome with(Error error) {
    m_outcome.error = std::move(error);
    m_outcome.waited = now() - m_start;
    return std::move(m_outcome);
  }

  // Which of the traces that were seen the outcome speaks of, in the order of the list.
  void take_traces() {
    std::vector<TraceId> ids = m_order;
    if (m_expectation.find.trace_id || m_pinned) {
      ids = {m_pinned.value_or(m_expectation.find.trace_id.value_or(TraceId{}))};
    }
    for (const TraceId& id : ids) {
      if (const auto found = m_seen.find(id); found != m_seen.end()) {
        found->second.judged.is_settled = is_settled(found->second);
        m_outcome.traces.push_back(std::move(found->second.judged));
      }
    }
    const bool is_any = m_expectation.find.which == Which::any && !m_expectation.find.trace_id;
    if (is_any && m_outcome.traces.size() > 1) {
      keep_best();
    }
  }

  // Of any: the one that has the least wrong with it, the newest of several.
  void keep_best() {
    const auto failures = [](const JudgedTrace& judged) {
      return std::count_if(judged.checks.begin(), judged.checks.end(),
                           [](const Check& check) { return !check.ok; });
    };
    auto& traces = m_outcome.traces;
    const auto best = std::min_element(traces.begin(), traces.end(),
                                       [&](const JudgedTrace& left, const JudgedTrace& right) {
                                         return failures(left) < failures(right);
                                       });
    JudgedTrace kept = std::move(*best);
    traces.clear();
    traces.push_back(std::move(kept));
  }

  Outcome verdict() {
    if (m_seen.empty()) {
      return with(not_seen());
    }
    take_traces();
    const auto& traces = m_outcome.traces;
    if (m_expectation.find.which == Which::all && m_has_more) {
      return with({ErrorKind::not_seen,
                   fmt::format("more than {} traces are as 'find' says, too many to look at all",
                               k_most_traces),
                   "say more in find: a tag of this run, or a later since"});
    }
    const auto is_bad = [](const JudgedTrace& judged) { return !judged.ok(); };
    const auto bad = std::find_if(traces.begin(), traces.end(), is_bad);
    const bool is_growing = std::any_of(
        traces.begin(), traces.end(), [](const JudgedTrace& judged) { return !judged.is_settled; });
    if (bad == traces.end() && is_growing) {
      return with({ErrorKind::not_seen, "spans were still coming in" + time_words(),
                   "raise --timeout, or lower --settle"});
    }
    if (bad == traces.end()) {
      m_outcome.waited = now() - m_start;
      return std::move(m_outcome);
    }
    return with(bad->is_complete() ? failed() : incomplete());
  }

  Error failed() const {
    std::size_t failures = 0;
    std::size_t all = 0;
    for (const JudgedTrace& judged : m_outcome.traces) {
      all += judged.checks.size();
      failures +=
          static_cast<std::size_t>(std::count_if(judged.checks.begin(), judged.checks.end(),
                                                 [](const Check& check) { return !check.ok; }));
    }
    return {ErrorKind::failed, fmt::format("{} of {} failed", failures, counted(all, "check"))};
  }

  std::string timeout_words() const {
    return format_duration_exact(m_expectation.timeout.value_or(k_standard_timeout));
  }

  std::string time_words() const {
    return m_waiting.is_static ? std::string() : " within " + timeout_words();
  }

  Error incomplete() const {
    return {ErrorKind::not_seen, "the trace did not become complete" + time_words(),
            m_waiting.is_static
                ? "the file does not hold all of it"
                : "spans come in batches: raise --timeout; is every service instrumented, and does "
                  "each send to this backend?"};
  }

  Error not_seen() {
    if (m_expectation.find.trace_id) {
      return {ErrorKind::not_seen,
              fmt::format("{} trace {}{}",
                          m_waiting.is_static ? "the file has no" : "the backend has no",
                          to_hex(*m_expectation.find.trace_id), time_words()),
              std::string(m_waiting.is_static ? "'otelctl show-traces' lists those that it has"
                                              : k_sampling_hint)};
    }
    const query::EmptyAnswer why = query::explain_empty(m_backend, last_query());
    std::string hint = why.hint;
    if (!m_waiting.is_static) {
      hint += hint.empty() ? "" : hint.ends_with('?') ? " Or " : "; or ";
      hint += k_sampling_hint;
    }
    return {ErrorKind::not_seen, fmt::format("no trace was seen{}: {}", time_words(), why.reason),
            std::move(hint)};
  }

  query::Backend& m_backend;
  const Expectation& m_expectation;
  const Waiting& m_waiting;
  Time m_begin;
  nanoseconds m_start;
  nanoseconds m_deadline;
  nanoseconds m_settle;
  Typing m_typing = Typing::kept;
  std::map<TraceId, Seen> m_seen;  // by the last look
  std::vector<TraceId> m_order;    // newest first
  std::optional<TraceId> m_pinned;
  bool m_has_more = false;
  std::string m_told;
  Outcome m_outcome;
};

}  // namespace

bool JudgedTrace::ok() const {
  return std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.ok; });
}

bool JudgedTrace::is_complete() const {
  return std::all_of(checks.begin(), checks.end(),
                     [](const Check& check) { return check.ok || !check.is_of_completeness; });
}

Outcome await(query::Backend& backend, const Expectation& expectation, nanoseconds deadline,
              const Waiting& waiting) {
  return Watch(backend, expectation, deadline, waiting).run();
}

}  // namespace otelctl::check
