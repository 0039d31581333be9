// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/trace_set.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::query {
namespace {

constexpr std::array<std::string_view, 9> k_keys = {"errors",       "last",      "max-duration",
                                                    "min-duration", "operation", "service",
                                                    "since",        "tag",       "until"};
constexpr std::chrono::hours k_standard_since{1};
constexpr std::size_t k_most_spans = 5'000'000;

using Pairs = std::vector<std::pair<std::string, std::string>>;

bool is_key(std::string_view text) {
  return std::find(k_keys.begin(), k_keys.end(), text) != k_keys.end();
}

std::string all_keys() {
  std::string keys;
  for (const std::string_view key : k_keys) {
    keys += fmt::format("{}{}", keys.empty() ? "" : ", ", key);
  }
  return keys;
}

// Parts at commas that have no backslash in front.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == ',' || text[i + 1] == '\\');
    if (text[i] == ',') {
      parts.emplace_back();
    } else {
      i += is_escape ? 1 : 0;
      parts.back() += text[i];
    }
  }
  return parts;
}

Result<Pairs> pairs_of(std::string_view text) {
  Pairs pairs;
  for (const std::string& part : parts_of(text)) {
    const auto equals = part.find('=');
    std::string key(trim(std::string_view(part).substr(0, equals)));
    if (equals == std::string::npos || !is_key(key)) {
      const std::string near = did_you_mean(key, {k_keys.begin(), k_keys.end()});
      return fail(
          ErrorKind::usage,
          fmt::format("'{}' is not KEY=VALUE of a set", escape_for_terminal(part)),
          equals == std::string::npos || near.empty()
              ? fmt::format("the keys are {}; a comma within a value is written '\\,'", all_keys())
              : near);
    }
    pairs.emplace_back(std::move(key), part.substr(equals + 1));
  }
  return pairs;
}

class SetReader {
 public:
  explicit SetReader(Time now) {
    m_query.now = now;
    m_query.count = k_set_size;
    m_query.since = now - k_standard_since;
  }

  Result<TraceSetQuery> read(const Pairs& pairs) {
    for (const auto& [key, value] : pairs) {
      if (auto taken = take(key, value); !taken) {
        return fail(std::move(taken).error().within(key));
      }
    }
    if (m_query.until && !m_has_since) {
      m_query.since = *m_query.until - k_standard_since;
    }
    if (m_query.since >= m_query.end()) {
      return fail(ErrorKind::usage, "since is not before until",
                  "a duration counts back from now: since=2h,until=1h");
    }
    return TraceSetQuery{m_query, m_has_since};
  }

 private:
  Result<void> take(const std::string& key, const std::string& value) {
    if (key == "service") {
      m_query.services.push_back(value);
      return {};
    }
    if (key == "operation") {
      m_query.filter.operation = value;
      return {};
    }
    if (key == "tag") {
      return take_tag(value);
    }
    if (key == "errors") {
      return take_errors(value);
    }
    if (key == "last") {
      return take_count(value);
    }
    if (key == "min-duration" || key == "max-duration") {
      auto duration = parse_duration(value);
      if (!duration) {
        return fail(std::move(duration).error());
      }
      (key == "min-duration" ? m_query.min_duration : m_query.max_duration) = *duration;
      return {};
    }
    auto time = parse_time(value, m_query.now);
    if (!time) {
      return fail(std::move(time).error());
    }
    if (key == "since") {
      m_query.since = *time;
      m_has_since = true;
    } else {
      m_query.until = *time;
    }
    return {};
  }

  Result<void> take_tag(const std::string& value) {
    const auto equals = value.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return fail(ErrorKind::usage,
                  fmt::format("'{}' is not KEY=VALUE", escape_for_terminal(value)),
                  "write tag=http.route=/orders");
    }
    m_query.filter.tags.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    return {};
  }

  Result<void> take_errors(const std::string& value) {
    if (value != "true" && value != "false") {
      return fail(ErrorKind::usage, fmt::format("'{}' is no truth", escape_for_terminal(value)),
                  "write errors=true");
    }
    m_query.filter.must_have_failed = value == "true";
    return {};
  }

  Result<void> take_count(const std::string& value) {
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
    if (error != std::errc{} || end != value.data() + value.size() || count == 0 ||
        count > k_most_in_set) {
      return fail(ErrorKind::usage,
                  fmt::format("'{}' is no number of traces", escape_for_terminal(value)),
                  fmt::format("give one from 1 to {}", k_most_in_set));
    }
    m_query.count = count;
    return {};
  }

  LastQuery m_query;
  bool m_has_since = false;
};

// A store forgets old traces while it is asked, and may list one before it can give it: the others
// are still worth having. Where none is left, its own words for the first say why.
Result<void> fetch_all(Backend& backend, const std::vector<trace::Summary>& summaries,
                       TraceSet& set) {
  std::size_t spans = 0;
  std::optional<Error> first_gone;
  for (const trace::Summary& summary : summaries) {
    auto trace = backend.trace(summary.id);
    if (!trace && trace.error().kind == ErrorKind::not_seen) {
      if (!first_gone) {
        first_gone = std::move(trace).error();
      }
      continue;
    }
    if (!trace) {
      return fail(std::move(trace).error());
    }
    spans += trace->spans.size();
    if (spans > k_most_spans) {
      return fail(ErrorKind::usage, "the set has more than 5 million spans",
                  "take fewer traces with last=N");
    }
    set.traces.push_back(std::move(*trace));
  }
  if (set.traces.empty() && first_gone) {
    return fail(std::move(*first_gone));
  }
  if (const std::size_t gone = summaries.size() - set.traces.size(); gone > 0) {
    set.notes.push_back(fmt::format("{} of {} left out: the backend listed more than it could give",
                                    gone, counted(summaries.size(), "trace")));
  }
  return {};
}

}  // namespace

bool is_trace_set(std::string_view text) {
  const auto equals = text.find('=');
  return equals != std::string_view::npos && is_key(trim(text.substr(0, equals)));
}

Result<TraceSetQuery> parse_trace_set(std::string_view text, Time now) {
  const auto pairs = pairs_of(text);
  if (!pairs) {
    return fail(pairs.error());
  }
  return SetReader(now).read(*pairs);
}

TraceSetQuery whole_file() {
  TraceSetQuery query;
  query.last.count = k_most_in_set;
  query.last.take_all_time();
  query.has_since = true;
  return query;
}

Result<TraceSet> fetch_trace_set(Backend& backend, TraceSetQuery query) {
  if (backend.is_archive() && !query.has_since) {
    const auto until = query.last.until;
    query.last.take_all_time();
    query.last.until = until ? until : query.last.until;
  }
  auto last = find_last(backend, query.last);
  if (!last) {
    return fail(std::move(last).error());
  }
  if (last->traces.empty()) {
    return fail(ErrorKind::not_seen, "no trace is like that",
                query.has_since ? "'otelctl show-traces' with the same options says more"
                                : "a set reaches back one hour; since=1d looks further");
  }
  TraceSet set;
  set.notes = std::move(last->notes);
  if (query.last.count == k_most_in_set && last->is_truncated) {
    set.notes.push_back(fmt::format("only the newest {} traces are taken", k_most_in_set));
  }
  if (auto fetched = fetch_all(backend, last->traces, set); !fetched) {
    return fail(std::move(fetched).error());
  }
  return set;
}

}  // namespace otelctl::query
