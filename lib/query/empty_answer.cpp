// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/empty_answer.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::query {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t k_listed_names = 8;

std::string known_names(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (std::size_t index = 0; index < std::min(names.size(), k_listed_names); ++index) {
    shown.push_back(escape_for_terminal(names[index]));
  }
  return fmt::format("there are: {}{}", join(shown, ", "),
                     names.size() > k_listed_names ? ", ..." : "");
}

std::string near_or_known(const std::string& name, const std::vector<std::string>& names) {
  const std::string near = escape_for_terminal(did_you_mean(name, names));
  return near.empty() ? known_names(names) : near;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A --since that reaches back that far, in the largest unit that is not too coarse.
std::string reaching_back(nanoseconds age) {
  if (age < hours(1)) {
    return fmt::format("{}m", std::chrono::ceil<minutes>(age).count());
  }
  if (age < days(2)) {
    return fmt::format("{}h", std::chrono::ceil<hours>(age).count());
  }
  return fmt::format("{}d", std::chrono::ceil<days>(age).count());
}

class Explainer {
 public:
  Explainer(Backend& backend, const LastQuery& query) : m_backend(backend), m_query(query) {}

  EmptyAnswer run() {
    const auto services = m_backend.services();
    if (m_backend.is_archive() && !newest(of_all_time(unfiltered()))) {
      return {"the file holds no traces", "was anything sent to what wrote it?"};
    }
    if (services && services->empty() && !m_backend.is_archive()) {
      return {"the backend holds no traces: it knows no service",
              "was anything sent to it? one that keeps traces in memory forgets them when it "
              "restarts"};
    }
    if (services) {
      for (const std::string& service : m_query.services) {
        if (!holds(*services, service)) {
          return {fmt::format("no service '{}'", escape_for_terminal(service)),
                  near_or_known(service, *services)};
        }
      }
    }
    if (auto found = unknown_operation()) {
      return *found;
    }
    if (auto found = excluding_filter()) {
      return *found;
    }
    if (auto found = older()) {
      return *found;
    }
    if (m_backend.is_archive()) {
      return {"no trace of the file lies in this time and matches",
              "'otelctl show-traces --backend FILE' lists those it holds"};
    }
    return {fmt::format("no trace between {} and {}", format_rfc3339(m_query.since, 0),
                        format_rfc3339(m_query.until.value_or(m_query.now), 0)),
            "look further back with --since 7d"};
  }

 private:
  // The newest trace of a changed query.
  std::optional<trace::Summary> newest(LastQuery query) {
    query.count = 1;
    query.order = Order::start;
    const auto found = find_last(m_backend, query);
    return found && !found->traces.empty() ? std::optional(found->traces.front()) : std::nullopt;
  }

  std::optional<EmptyAnswer> unknown_operation() {
    if (m_query.filter.operation.empty()) {
      return std::nullopt;
    }
    for (const std::string& service : m_query.services) {
      const auto operations = m_backend.operations(service);
      if (operations && !operations->empty() && !holds(*operations, m_query.filter.operation)) {
        return EmptyAnswer{
            fmt::format("service '{}' has no operation '{}'", escape_for_terminal(service),
                        escape_for_terminal(m_query.filter.operation)),
            near_or_known(m_query.filter.operation, *operations)};
      }
    }
    return std::nullopt;
  }

  std::optional<EmptyAnswer> excluding_filter() {
    std::vector<std::pair<std::string, LastQuery>> without;
    const auto add = [&](bool is_given, const char* name, auto remove) {
      if (is_given) {
        remove(without.emplace_back(name, m_query).second);
      }
    };
    add(!m_query.filter.operation.empty(), "--operation",
        [](LastQuery& query) { query.filter.operation.clear(); });
    add(!m_query.filter.tags.empty(), "--tag", [](LastQuery& query) { query.filter.tags.clear(); });
    add(m_query.filter.must_have_failed, "--errors",
        [](LastQuery& query) { query.filter.must_have_failed = false; });
    add(m_query.min_duration.has_value(), "--min-duration",
        [](LastQuery& query) { query.min_duration.reset(); });
    add(m_query.max_duration.has_value(), "--max-duration",
        [](LastQuery& query) { query.max_duration.reset(); });
    for (const auto& [name, query] : without) {
      if (newest(query)) {
        return EmptyAnswer{fmt::format("no trace in this time matches {}", name),
                           fmt::format("without {} there are some", name)};
      }
    }
    if (without.size() > 1 && newest(unfiltered())) {
      return EmptyAnswer{"no trace in this time matches all of the filters",
                         "without them there are some"};
    }
    return std::nullopt;
  }

  LastQuery unfiltered() const {
    LastQuery query = m_query;
    query.filter = {};
    query.min_duration.reset();
    query.max_duration.reset();
    return query;
  }

  static LastQuery of_all_time(LastQuery query) {
    query.services.clear();
    query.take_all_time();
    return query;
  }

  std::optional<EmptyAnswer> older() {
    LastQuery query = m_query;
    query.since = m_backend.is_archive() ? Time{} : std::min(m_query.since, m_query.now - days(30));
    const auto found = newest(query);
    if (!found) {
      return std::nullopt;
    }
    if (m_backend.is_archive()) {
      return EmptyAnswer{
          fmt::format("no trace since {}; the newest in the file began at {}",
                      format_rfc3339(m_query.since, 0), format_rfc3339(found->start, 0)),
          "without --since all of the file is searched"};
    }
    const nanoseconds age = m_query.now - found->start;
    return EmptyAnswer{fmt::format("no trace since {}; the newest is {} old",
                                   format_rfc3339(m_query.since, 0), format_duration(age)),
                       fmt::format("use --since {}", reaching_back(age))};
  }

  Backend& m_backend;
  const LastQuery& m_query;
};

}  // namespace

EmptyAnswer explain_empty(Backend& backend, const LastQuery& query) {
  return Explainer(backend, query).run();
}

}  // namespace otelctl::query
