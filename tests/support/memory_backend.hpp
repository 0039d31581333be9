// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "query/backend.hpp"
#include "tests/support/make_trace.hpp"

namespace otelctl::test {

// A backend that holds summaries, with the manners of the stores behind Jaeger.
class MemoryBackend final : public query::Backend {
 public:
  enum class Pick { newest, oldest, any };

  Pick pick = Pick::newest;
  bool needs_service = false;
  bool is_empty_without_service = false;
  bool gives_whole_traces = false;
  bool is_of_file = false;
  // It lists the services of the time that was searched last, as Tempo does, and refuses a longer
  // time than this.
  bool lists_searched_services = false;
  nanoseconds longest_time = nanoseconds::max();
  std::vector<trace::Summary> traces;
  // Listed, and gone when asked for.
  std::set<TraceId> gone;
  std::size_t searches = 0;
  std::vector<std::string> asked_services;
  std::size_t largest_limit = 0;
  std::mt19937_64 random{17};

  Result<query::BackendInfo> probe() override {
    return query::BackendInfo{"memory", "memory", "memory://"};
  }
  bool ships_whole_traces() const override { return gives_whole_traces; }
  bool is_archive() const override { return is_of_file; }

  Result<std::vector<std::string>> services() override {
    std::set<std::string> names;
    for (const trace::Summary& summary : traces) {
      if (lists_searched_services && (summary.start < m_from || summary.start > m_to)) {
        continue;
      }
      for (const trace::ServiceCount& service : summary.services) {
        names.insert(service.name);
      }
    }
    return std::vector<std::string>(names.begin(), names.end());
  }

  Result<std::vector<std::string>> operations(const std::string& service) override {
    std::set<std::string> names;
    for (const trace::Summary& summary : traces) {
      if (has_service(summary, service)) {
        names.insert(summary.root_name);
      }
    }
    return std::vector<std::string>(names.begin(), names.end());
  }

  Result<query::SearchAnswer> search(const query::Search& search) override {
    ++searches;
    asked_services.push_back(search.filter.service);
    largest_limit = std::max(largest_limit, search.limit);
    if (search.end - search.start > longest_time) {
      return fail(ErrorKind::not_understood, "HTTP 400: the time is too long");
    }
    m_from = search.start;
    m_to = search.end;
    query::SearchAnswer answer;
    if (search.filter.service.empty() && (needs_service || is_empty_without_service)) {
      answer.needs_service = needs_service;
      return answer;
    }
    for (const trace::Summary& summary : traces) {
      if (matches(summary, search)) {
        answer.traces.push_back(summary);
      }
    }
    std::sort(answer.traces.begin(), answer.traces.end(),
              [](const auto& left, const auto& right) { return left.start > right.start; });
    if (pick == Pick::oldest) {
      std::reverse(answer.traces.begin(), answer.traces.end());
    } else if (pick == Pick::any) {
      std::shuffle(answer.traces.begin(), answer.traces.end(), random);
    }
    answer.traces.resize(std::min(answer.traces.size(), search.limit));
    answer.received = answer.traces.size();
    return answer;
  }

  Result<trace::Trace> trace(const TraceId& id) override {
    for (const trace::Summary& summary : traces) {
      if (summary.id == id && gone.count(id) == 0) {
        trace::Trace found = make_trace({{1, 0, 0, 1}});
        found.id = id;
        return found;
      }
    }
    return fail(ErrorKind::not_seen, "the backend has no such trace");
  }

 private:
  Time m_from{};
  Time m_to = Time::max();

  static bool has_service(const trace::Summary& summary, const std::string& name) {
    return name.empty() || std::any_of(summary.services.begin(), summary.services.end(),
                                       [&](const auto& service) { return service.name == name; });
  }

  // Every span is as long as its trace and named like its root, and there are no tags.
  static bool matches(const trace::Summary& summary, const query::Search& search) {
    return summary.start >= search.start && summary.start <= search.end &&
           has_service(summary, search.filter.service) &&
           (search.filter.operation.empty() || search.filter.operation == summary.root_name) &&
           search.filter.tags.empty() &&
           (!search.filter.must_have_failed || summary.error_count > 0) &&
           (!search.min_span_duration || summary.duration >= *search.min_span_duration) &&
           (!search.max_span_duration || summary.duration <= *search.max_span_duration);
  }
};

// 2026-08-20T12:00:00Z
inline const Time k_now = Time{nanoseconds{k_zero}} + std::chrono::hours(2);

inline trace::Summary make_summary(std::uint64_t number, nanoseconds age,
                                   std::vector<std::string> services = {"shop"},
                                   nanoseconds duration = std::chrono::milliseconds(10)) {
  trace::Summary summary;
  summary.id = trace_id(number);
  summary.root_service = services.front();
  summary.root_name = "work";
  summary.start = k_now - age;
  summary.duration = duration;
  summary.span_count = services.size();
  for (std::string& service : services) {
    summary.services.push_back({std::move(service), 1});
  }
  return summary;
}

}  // namespace otelctl::test
