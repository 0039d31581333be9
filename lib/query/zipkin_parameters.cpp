// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/zipkin_parameters.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::query {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// What ZipkinJsonReader makes attributes of, or takes out of the tags: no tags to Zipkin.
bool is_a_tag(std::string_view key) {
  constexpr std::array<std::string_view, 9> k_made_here = {
      "service.name",  "peer.service",  "net.host.ip",
      "net.host.port", "net.peer.ip",   "net.peer.port",
      "zipkin.debug",  "zipkin.shared", ""};
  return std::find(k_made_here.begin(), k_made_here.end(), key) == k_made_here.end();
}

// An annotationQuery is parts with " and " between them, each a key, or a key, '=' and a value.
bool can_be_asked_for(std::string_view key, std::string_view value) {
  constexpr std::string_view k_and = " and ";
  const auto is_plain = [&](std::string_view text) {
    return text == trim(text) && fmt::format(" {} ", text).find(k_and) == std::string::npos;
  };
  return is_a_tag(key) && key.find('=') == std::string_view::npos && is_plain(key) &&
         is_plain(value);
}

// In milliseconds since the epoch, where Zipkin wants a positive number.
std::int64_t milliseconds_of(Time time, bool round_up) {
  const nanoseconds since = time.time_since_epoch();
  const auto count =
      (round_up ? std::chrono::ceil<milliseconds>(since) : std::chrono::floor<milliseconds>(since))
          .count();
  return std::max<std::int64_t>(count, 0);
}

std::string annotation_query(const Search& search, std::vector<std::string>& left_out) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : search.filter.tags) {
    if (key == "error" && value == "true") {
      parts.emplace_back("error");
    } else if (can_be_asked_for(key, value)) {
      parts.push_back(fmt::format("{}={}", key, value));
    } else {
      left_out.push_back(key);
    }
  }
  if (search.filter.must_have_failed) {
    parts.emplace_back("error");
  }
  return join(parts, " and ");
}

}  // namespace

ZipkinSearch zipkin_search(const Search& search) {
  ZipkinSearch asked;
  const auto add = [&](const char* name, std::string value) {
    if (!value.empty()) {
      asked.parameters.push_back({name, std::move(value)});
    }
  };
  add("serviceName", to_lower(search.filter.service));
  add("spanName", to_lower(search.filter.operation));
  add("annotationQuery", annotation_query(search, asked.left_out));
  // maxDuration alone is refused.
  if (search.min_span_duration || search.max_span_duration) {
    const auto least =
        std::chrono::floor<microseconds>(search.min_span_duration.value_or(nanoseconds{0}));
    add("minDuration", fmt::format("{}", std::max<std::int64_t>(least.count(), 1)));
  }
  if (search.max_span_duration) {
    const auto most = std::chrono::ceil<microseconds>(*search.max_span_duration);
    add("maxDuration", fmt::format("{}", std::max<std::int64_t>(most.count(), 1)));
  }
  const std::int64_t end = std::max<std::int64_t>(milliseconds_of(search.end, true), 1);
  const std::int64_t start = milliseconds_of(search.start, false);
  add("endTs", fmt::format("{}", end));
  add("lookback", fmt::format("{}", std::max<std::int64_t>(end - start, 1)));
  add("limit", fmt::format("{}", search.limit));
  return asked;
}

}  // namespace otelctl::query
