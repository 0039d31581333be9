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
#include "query/names.hpp"

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

// Services have other names in a backend than in a program's settings: Zipkin's are in lower case,
// a mesh adds the namespace (shop.production), Jaeger has one for spans that named none.
std::string near_service(const std::string& name, const std::vector<std::string>& names) {
  constexpr std::string_view k_nameless = "missing-service-name";
  for (const std::string& known : names) {
    if (equals_ignoring_case(known, name)) {
      return fmt::format("did you mean '{}'? upper and lower case count",
                         escape_for_terminal(known));
    }
    if (known.starts_with(name + ".") || name.starts_with(known + ".")) {
      return fmt::format("did you mean '{}'?", escape_for_terminal(known));
    }
  }
  std::string hint = near_or_known(name, names);
  if (std::find(names.begin(), names.end(), k_nameless) != names.end()) {
    hint += fmt::format("; spans that name no service are those of '{}'", k_nameless);
  }
  return hint;
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
    auto services = m_backend.services();
    if (m_backend.is_archive() && !newest(of_all_time(unfiltered()))) {
      return {"the file holds no traces", "was anything sent to what wrote it?"};
    }
    if (services && services->empty() && !m_backend.is_archive()) {
      // Tempo knows only those of the time that was searched last, and older() searches a longer.
      if (auto found = older()) {
        return *found;
      }
      services = m_backend.services();
      if (services && services->empty()) {
        return {"the backend holds no traces: it knows no service",
                "was anything sent to it? one that keeps traces in memory forgets them when it "
                "restarts"};
      }
    }
    if (services) {
      for (const std::string& service : m_query.services) {
        if (!holds(*services, service) && !was_there_before(service)) {
          return {fmt::format("no service '{}'", escape_for_terminal(service)),
                  near_service(service, *services)};
        }
      }
    }
    if (auto found = unknown_operation(services ? *services : std::vector<std::string>())) {
      return *found;
    }
    if (auto found = excluding_filter()) {
      return *found;
    }
    if (auto found = newer()) {
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
            "look further back with --since 7d; what was just sent takes some seconds to show up, "
            "and what was not sampled never does"};
  }

 private:
  // The newest trace of a changed query.
  Result<std::optional<trace::Summary>> ask(LastQuery query) {
    query.count = 1;
    query.order = Order::start;
    auto found = find_last(m_backend, query);
    if (!found) {
      return fail(std::move(found).error());
    }
    return found->traces.empty() ? std::nullopt : std::optional(std::move(found->traces.front()));
  }

  std::optional<trace::Summary> newest(const LastQuery& query) {
    auto found = ask(query);
    return found ? std::move(*found) : std::nullopt;
  }

  // The newest trace of a query that reaches back as far as the backend lets it.
  std::optional<trace::Summary> newest_before(LastQuery query) {
    // Tempo refuses more than 7 days (max_search_duration), and a little time comes after now.
    for (const days reach : {days(30), days(6)}) {
      query.since = std::min(m_query.since, m_query.now - reach);
      if (auto found = ask(query)) {
        return std::move(*found);
      }
    }
    return std::nullopt;
  }

  bool was_there_before(const std::string& service) {
    LastQuery query = unfiltered();
    query.services = {service};
    query.asks_whole_time = true;
    return newest_before(query).has_value();
  }

  std::optional<EmptyAnswer> unknown_operation(const std::vector<std::string>& all_services) {
    if (m_query.filter.operation.empty()) {
      return std::nullopt;
    }
    if (m_query.services.empty()) {
      return unknown_everywhere(all_services);
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

  std::optional<EmptyAnswer> unknown_everywhere(const std::vector<std::string>& services) {
    constexpr std::size_t k_most_asked = 20;
    if (services.size() > k_most_asked) {
      return std::nullopt;
    }
    std::vector<std::string> all;
    for (const std::string& service : services) {
      const auto operations = m_backend.operations(service);
      if (!operations || holds(*operations, m_query.filter.operation)) {
        return std::nullopt;
      }
      all.insert(all.end(), operations->begin(), operations->end());
    }
    sort_unique(all);
    if (all.empty()) {
      return std::nullopt;
    }
    return EmptyAnswer{fmt::format("no service has an operation '{}'",
                                   escape_for_terminal(m_query.filter.operation)),
                       near_or_known(m_query.filter.operation, all)};
  }

  std::optional<EmptyAnswer> excluding_filter() {
    std::vector<std::pair<std::string, LastQuery>> without;
    const auto add = [&](bool is_given, std::string name, auto remove) {
      if (is_given) {
        remove(without.emplace_back(std::move(name), m_query).second);
      }
    };
    add(!m_query.filter.operation.empty(), "--operation",
        [](LastQuery& query) { query.filter.operation.clear(); });
    for (std::size_t index = 0; index < m_query.filter.tags.size(); ++index) {
      const auto& [key, value] = m_query.filter.tags[index];
      add(true, fmt::format("--tag {}={}", escape_for_terminal(key), escape_for_terminal(value)),
          [&](LastQuery& query) {
            query.filter.tags.erase(query.filter.tags.begin() + static_cast<std::ptrdiff_t>(index));
          });
    }
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

  // After the end of what was asked for: the end may be the user's, else a clock is ahead by more
  // than is granted.
  std::optional<EmptyAnswer> newer() {
    LastQuery query = m_query;
    query.since = m_query.end();
    query.until = m_query.now + days(30);
    const auto found = newest(query);
    if (!found) {
      return std::nullopt;
    }
    if (found->start <= m_query.now) {
      return EmptyAnswer{
          fmt::format("no trace until {}; the newest began at {}", format_rfc3339(m_query.end(), 0),
                      format_rfc3339(found->start, 0)),
          "leave out --until"};
    }
    return EmptyAnswer{fmt::format("the newest trace began in {}, which is in the future",
                                   format_duration(found->start - m_query.now)),
                       fmt::format("compare the clocks of the hosts; --until {} shows it",
                                   format_rfc3339(found->start + std::chrono::seconds(1), 0))};
  }

  std::optional<EmptyAnswer> older_in_file() {
    LastQuery query = m_query;
    query.since = Time{};
    const auto found = newest(query);
    if (!found) {
      return std::nullopt;
    }
    return EmptyAnswer{
        fmt::format("no trace since {}; the newest in the file began at {}",
                    format_rfc3339(m_query.since, 0), format_rfc3339(found->start, 0)),
        "without --since all of the file is searched"};
  }

  std::optional<EmptyAnswer> older() {
    if (m_backend.is_archive()) {
      return older_in_file();
    }
    const auto found = newest_before(m_query);
    if (!found) {
      return std::nullopt;
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
