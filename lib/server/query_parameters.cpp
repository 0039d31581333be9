// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/query_parameters.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/go_values.hpp"

namespace otelctl::server {
namespace {

constexpr auto k_legacy_lookback = std::chrono::hours(48);

std::uint64_t unix_nanoseconds(Time time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(time.time_since_epoch().count(), 0));
}

tl::unexpected<Error> refuse(std::string message) {
  return fail(ErrorKind::usage, std::move(message));
}

// `value`, or the error with what Jaeger writes before it.
template <typename T>
Result<T> prefixed(Result<T> value, std::string_view text) {
  if (!value) {
    value.error().message = fmt::format("{}{}", text, value.error().message);
  }
  return value;
}

std::string legacy_prefix(std::string_view name) {
  return fmt::format("unable to parse param '{}': ", name);
}

// Microseconds since the epoch.
Result<Time> legacy_time(const HttpHead& head, const std::string& name, Time fallback) {
  const std::string_view text = head.parameter(name);
  if (text.empty()) {
    return fallback;
  }
  const auto count = prefixed(go::parse_int(text, 64), legacy_prefix(name));
  if (!count) {
    return fail(count.error());
  }
  // Milliseconds and seconds are taken as what they are not and find nothing, and so do these.
  constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max() / 1000;
  return Time(std::chrono::microseconds(std::clamp(*count, -k_most, k_most)));
}

Result<nanoseconds> legacy_duration(const HttpHead& head, const std::string& name) {
  const std::string_view text = head.parameter(name);
  return text.empty() ? nanoseconds(0) : prefixed(go::parse_duration(text), legacy_prefix(name));
}

Result<void> check_bool(const HttpHead& head, const std::string& name, std::string_view prefix) {
  const std::string_view text = head.parameter(name);
  if (!text.empty() && !go::parse_bool(text)) {
    return refuse(
        fmt::format("{}strconv.ParseBool: parsing {}: invalid syntax", prefix, go::quote(text)));
  }
  return {};
}

Result<void> read_legacy_tags(const HttpHead& head, TraceQuery& query) {
  const auto [first, last] = head.parameters.equal_range("tag");
  for (auto tag = first; tag != last; ++tag) {
    const auto colon = tag->second.find(':');
    if (colon == std::string::npos) {
      return refuse("malformed 'tag' parameter, expecting key:value, received: " + tag->second);
    }
    query.attributes[tag->second.substr(0, colon)] = tag->second.substr(colon + 1);
  }
  const auto [first_map, last_map] = head.parameters.equal_range("tags");
  for (auto tags = first_map; tags != last_map; ++tags) {
    auto map = prefixed(go::parse_string_map(tags->second),
                        "malformed 'tags' parameter, cannot unmarshal JSON: ");
    if (!map) {
      return fail(map.error());
    }
    for (auto& [key, value] : *map) {
      query.attributes[key] = std::move(value);
    }
  }
  return {};
}

Result<void> read_legacy_ids(const HttpHead& head, std::vector<TraceId>& ids) {
  const auto [first, last] = head.parameters.equal_range("traceID");
  for (auto id = first; id != last; ++id) {
    const auto parsed = prefixed(read_trace_id(id->second), "cannot parse traceID param: ");
    if (!parsed) {
      return fail(parsed.error());
    }
    ids.push_back(*parsed);
  }
  return {};
}

// A parameter of api_v3 under its name or, when that is empty, one of those it had before 2.19.
struct V3Parameter {
  std::string_view text;
  std::string name;  // under which it was found, for messages

  V3Parameter(const HttpHead& head, std::initializer_list<std::string> names) {
    for (const std::string& next : names) {
      name = next;
      text = head.parameter(next);
      if (!text.empty()) {
        return;
      }
    }
  }

  template <typename T>
  Result<T> checked(Result<T> value) const {
    return prefixed(std::move(value), fmt::format("malformed parameter {}: ", name));
  }
};

Result<nanoseconds> v3_duration(const V3Parameter& parameter) {
  return parameter.text.empty() ? nanoseconds(0)
                                : parameter.checked(go::parse_duration(parameter.text));
}

Result<void> read_v3_times(const HttpHead& head, TraceQuery& query) {
  const V3Parameter from(head, {"query.startTimeMin", "query.start_time_min"});
  const V3Parameter to(head, {"query.startTimeMax", "query.start_time_max"});
  if (from.text.empty() || to.text.empty()) {
    return refuse("query.startTimeMin and query.startTimeMax are required");
  }
  const auto earliest = from.checked(go::parse_time(from.text));
  if (!earliest) {
    return fail(earliest.error());
  }
  const auto latest = to.checked(go::parse_time(to.text));
  if (!latest) {
    return fail(latest.error());
  }
  if (*earliest >= *latest) {
    return refuse("query.startTimeMin must be before query.startTimeMax");
  }
  query.start_min = unix_nanoseconds(*earliest);
  query.start_max = unix_nanoseconds(*latest);
  return {};
}

Result<void> read_v3_durations(const HttpHead& head, TraceQuery& query) {
  const auto least = v3_duration({head, {"query.durationMin", "query.duration_min"}});
  if (!least) {
    return fail(least.error());
  }
  const auto most = v3_duration({head, {"query.durationMax", "query.duration_max"}});
  if (!most) {
    return fail(most.error());
  }
  query.duration_min = *least;
  query.duration_max = *most;
  return {};
}

// Absent and 0 are 100, as from Jaeger 2.19 on.
Result<void> read_v3_depth(const HttpHead& head, TraceQuery& query) {
  const V3Parameter depth(head, {"query.searchDepth", "query.search_depth", "query.num_traces"});
  if (!depth.text.empty()) {
    const auto count = depth.checked(go::parse_uint(depth.text, 10, 32));
    if (!count) {
      return fail(count.error());
    }
    query.limit = *count == 0 ? query.limit : *count;
  }
  return {};
}

}  // namespace

Result<TraceId> read_trace_id(std::string_view text) {
  constexpr std::size_t k_half = 16;
  if (text.size() > 2 * k_half) {
    return refuse(
        fmt::format("TraceID cannot be longer than 32 hex characters: {}", std::string(text)));
  }
  const std::size_t high = text.size() > k_half ? text.size() - k_half : 0;
  for (const std::string_view half : {text.substr(0, high), text.substr(high)}) {
    if (half.empty() && high == 0 && !text.empty()) {
      continue;
    }
    if (const auto digits = go::parse_uint(half, 16, 64); !digits) {
      return fail(digits.error());
    }
  }
  return parse_hex<TraceId>(text).value_or(TraceId{});
}

Result<LegacySearch> read_legacy_search(const HttpHead& head, Time now) {
  LegacySearch search;
  TraceQuery& query = search.query;
  query.service = head.parameter("service");
  query.operation = head.parameter("operation");
  const auto start = legacy_time(head, "start", now - k_legacy_lookback);
  const auto end = start ? legacy_time(head, "end", now) : start;
  if (!end) {
    return fail(end.error());
  }
  query.start_min = unix_nanoseconds(*start);
  query.start_max = unix_nanoseconds(*end);
  if (auto tags = read_legacy_tags(head, query); !tags) {
    return fail(tags.error());
  }
  if (const std::string_view text = head.parameter("limit"); !text.empty()) {
    const auto limit = go::parse_int(text, 32);
    if (!limit) {
      return fail(limit.error());
    }
    search.limit = *limit;
  }
  query.limit = static_cast<std::size_t>(std::max<std::int64_t>(search.limit, 0));
  const auto least = legacy_duration(head, "minDuration");
  const auto most = least ? legacy_duration(head, "maxDuration") : least;
  if (!most) {
    return fail(most.error());
  }
  query.duration_min = *least;
  query.duration_max = *most;
  if (auto ids = read_legacy_ids(head, search.trace_ids); !ids) {
    return fail(ids.error());
  }
  if (auto raw = check_bool(head, "raw", legacy_prefix("raw")); !raw) {
    return fail(raw.error());
  }
  if (search.trace_ids.empty() && query.service.empty()) {
    return refuse("parameter 'service' is required");
  }
  if (query.duration_min.count() != 0 && query.duration_max.count() != 0 &&
      query.duration_max < query.duration_min) {
    return refuse("'maxDuration' should be greater than 'minDuration'");
  }
  return search;
}

Result<void> check_legacy_hints(const HttpHead& head) {
  for (const char* const name : {"start", "end"}) {
    if (const auto time = legacy_time(head, name, Time{}); !time) {
      return fail(time.error());
    }
  }
  return check_bool(head, "raw", legacy_prefix("raw"));
}

Result<TraceQuery> read_v3_search(const HttpHead& head) {
  TraceQuery query;
  query.service = V3Parameter(head, {"query.serviceName", "query.service_name"}).text;
  query.operation = V3Parameter(head, {"query.operationName", "query.operation_name"}).text;
  if (const V3Parameter attributes(head, {"query.attributes"}); !attributes.text.empty()) {
    auto map = attributes.checked(go::parse_string_map(attributes.text));
    if (!map) {
      return fail(map.error());
    }
    query.attributes = std::move(*map);
  }
  for (const auto read : {read_v3_times, read_v3_depth, read_v3_durations}) {
    if (auto done = read(head, query); !done) {
      return fail(done.error());
    }
  }
  const V3Parameter raw(head, {"query.rawTraces", "query.raw_traces"});
  auto checked = check_bool(head, raw.name, fmt::format("malformed parameter {}: ", raw.name));
  return checked ? Result<TraceQuery>(std::move(query)) : fail(checked.error());
}

Result<void> check_v3_hints(const HttpHead& head) {
  for (const V3Parameter& time : {V3Parameter(head, {"startTime", "start_time"}),
                                  V3Parameter(head, {"endTime", "end_time"})}) {
    if (!time.text.empty()) {
      if (const auto parsed = time.checked(go::parse_time(time.text)); !parsed) {
        return fail(parsed.error());
      }
    }
  }
  const V3Parameter raw(head, {"rawTraces", "raw_traces"});
  return check_bool(head, raw.name, fmt::format("malformed parameter {}: ", raw.name));
}

}  // namespace otelctl::server
