// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/zipkin_search.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "server/any_value.hpp"
#include "server/go_values.hpp"
#include "server/resources.hpp"
#include "server/span_view.hpp"

namespace otelctl::server {
namespace {

constexpr std::uint64_t k_day_ms = 24ULL * 60 * 60 * 1000;
constexpr std::uint64_t k_most_ms = ~std::uint64_t{0} / 1'000'000;

Result<std::uint64_t> number(const HttpHead& head, const std::string& name,
                             std::uint64_t fallback) {
  const std::string_view text = head.parameter(name);
  if (text.empty()) {
    return fallback;
  }
  const auto value = go::parse_uint(text, 10, 64);
  if (!value || *value == 0) {
    return fail(ErrorKind::usage, fmt::format("{} is not a positive number", name));
  }
  return *value;
}

Result<void> read_times(const HttpHead& head, Time now, ZipkinQuery& query) {
  const auto now_ms = std::chrono::ceil<std::chrono::milliseconds>(now.time_since_epoch());
  const auto end = number(head, "endTs", static_cast<std::uint64_t>(now_ms.count()));
  const auto lookback = end ? number(head, "lookback", k_day_ms) : end;
  if (!lookback) {
    return fail(lookback.error());
  }
  const std::uint64_t last = std::min(*end, k_most_ms);
  query.start_max = last * 1'000'000;
  query.start_min = *lookback > last ? 0 : (last - *lookback) * 1'000'000;
  return {};
}

Result<void> read_durations(const HttpHead& head, ZipkinQuery& query) {
  const auto least = number(head, "minDuration", 0);
  const auto most = least ? number(head, "maxDuration", 0) : least;
  if (!most) {
    return fail(most.error());
  }
  if (*most != 0 && *least == 0) {
    return fail(ErrorKind::usage, "maxDuration is only valid with minDuration");
  }
  if (*most != 0 && *most < *least) {
    return fail(ErrorKind::usage, "maxDuration < minDuration");
  }
  constexpr std::uint64_t k_most_us = ~std::uint64_t{0} / 1000;
  query.duration_min = std::min(*least, k_most_us) * 1000;
  if (*most != 0) {
    query.duration_max = std::min(*most, k_most_us) * 1000;
  }
  return {};
}

void read_annotations(std::string_view text, ZipkinQuery& query) {
  constexpr std::string_view k_and = " and ";
  while (!text.empty()) {
    const auto end = text.find(k_and);
    const std::string_view part = trim(text.substr(0, end));
    text = end == std::string_view::npos ? "" : text.substr(end + k_and.size());
    const auto equals = part.find('=');
    query.annotations[std::string(part.substr(0, equals))] =
        equals == std::string_view::npos ? "" : part.substr(equals + 1);
  }
}

// Strikes out what the span meets; "error" is a tag of every span that failed.
void strike_out(std::map<std::string, std::string>& wanted, std::string_view resource,
                const SpanView& span) {
  const auto is_met = [&](const std::string& key, const std::string& value) {
    if (key == "error") {
      return span.status == k_status_error && (value.empty() || value == "true");
    }
    auto found = find_attribute(span.content, SpanView::k_attributes, key);
    if (!found && key != "service.name") {
      found = find_attribute(resource, 1, key);
    }
    if (found) {
      return value.empty() || text_of(value_of(*found)) == value;
    }
    return value.empty() && !for_each(span.content, SpanView::k_events, [&](std::string_view e) {
             return event_view(e).name != key;
           });
  };
  std::erase_if(wanted, [&](const auto& entry) { return is_met(entry.first, entry.second); });
}

}  // namespace

Result<ZipkinQuery> read_zipkin_query(const HttpHead& head, Time now) {
  ZipkinQuery query;
  query.service = to_lower(head.parameter("serviceName"));
  query.span_name = to_lower(head.parameter("spanName"));
  // The page of Zipkin sends "all" where nothing is chosen.
  query.span_name = query.span_name == "all" ? "" : query.span_name;
  read_annotations(head.parameter("annotationQuery"), query);
  auto done = read_times(head, now, query);
  done = done ? read_durations(head, query) : done;
  const auto limit = number(head, "limit", query.limit);
  if (!done || !limit) {
    return fail(done ? limit.error() : done.error());
  }
  query.limit = *limit;
  return query;
}

bool matches(std::string_view traces, const ZipkinQuery& query) {
  std::map<std::string, std::string> annotations = query.annotations;
  bool needs_service = !query.service.empty();
  bool needs_name = !query.span_name.empty();
  bool needs_duration = query.duration_min != 0;
  std::uint64_t start = ~std::uint64_t{0};
  for_each_span(traces, [&](std::string_view resource, const ScopeView&, const SpanView& span) {
    start = std::min(start, span.start);
    if (!query.service.empty() && to_lower(service_of(resource)) != query.service) {
      return true;
    }
    needs_service = false;
    needs_name = needs_name && to_lower(span.name) != query.span_name;
    const std::uint64_t duration = span.end > span.start ? span.end - span.start : 0;
    needs_duration =
        needs_duration && (duration < query.duration_min || duration > query.duration_max);
    strike_out(annotations, resource, span);
    return true;
  });
  return !needs_service && !needs_name && !needs_duration && annotations.empty() &&
         start >= query.start_min && start <= query.start_max;
}

}  // namespace otelctl::server
