// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/trace_reference.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "query/last.hpp"

namespace otelctl::query {
namespace {

constexpr std::size_t k_shortest_prefix = 6;
constexpr std::size_t k_whole_id = 32;
// How far back a prefix is looked for, and among how many.
constexpr std::chrono::hours k_listed_time{48};
constexpr std::size_t k_listed_traces = 200;
constexpr std::size_t k_most_back = 1000;

Result<TraceReference> no_reference(std::string_view text) {
  return fail(ErrorKind::usage, fmt::format("'{}' names no trace", escape_for_terminal(text)),
              "give the 32 hex digits of its id, at least the first 6 of them, 'last', 'last~1', a "
              "traceparent, the URL of its page, a file or '-'");
}

bool is_hex(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

Result<TraceReference> parse_back(std::string_view text) {
  std::string_view digits = text.substr(4);
  TraceReference reference;
  reference.back = 0;
  if (digits.empty()) {
    return reference;
  }
  std::size_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data() + 1, digits.data() + digits.size(), number);
  if (digits.front() != '~' || error != std::errc{} || end != digits.data() + digits.size() ||
      number > k_most_back) {
    return no_reference(text);
  }
  reference.back = number;
  return reference;
}

// "https://host/jaeger/trace/ID?uiFind=x", "http://host/api/v3/traces/ID".
Result<TraceReference> parse_page(std::string_view text) {
  const std::string_view page = text.substr(0, text.find_first_of("?#"));
  for (const std::string_view route : {"/api/v3/traces/", "/api/traces/", "/trace/"}) {
    const auto place = page.rfind(route);
    if (place == std::string_view::npos) {
      continue;
    }
    std::string_view digits = page.substr(place + route.size());
    digits = digits.substr(0, digits.find('/'));
    const auto id = parse_hex<TraceId>(digits);
    if (!id || !id->is_valid()) {
      return no_reference(text);
    }
    TraceReference reference;
    reference.id = id;
    reference.backend_url = std::string(page.substr(0, place));
    return reference;
  }
  return no_reference(text);
}

// The newest traces that a reference may mean.
LastQuery listed_traces(const Backend& backend, std::size_t count, Time now) {
  LastQuery query;
  query.count = count;
  query.now = now;
  query.since = now - k_listed_time;
  if (backend.is_archive()) {
    query.take_all_time();
  }
  return query;
}

tl::unexpected<Error> too_few(const Backend& backend, std::size_t count) {
  if (!backend.is_archive()) {
    return fail(ErrorKind::not_seen,
                count == 0 ? "the backend has no trace of the last 48h"
                           : fmt::format("the backend has only {} of the last 48h",
                                         counted(count, "trace")),
                "'otelctl show-traces --since 7d' looks further back");
  }
  return count == 0 ? fail(ErrorKind::not_seen, "the file holds no traces",
                           "was anything sent to what wrote it?")
                    : fail(ErrorKind::not_seen,
                           fmt::format("the file holds only {}", counted(count, "trace")),
                           "'otelctl show-traces --backend FILE' lists them");
}

Result<trace::Trace> fetch_back(Backend& backend, std::size_t back, Time now) {
  const auto last = find_last(backend, listed_traces(backend, back + 1, now));
  if (!last) {
    return fail(last.error());
  }
  if (last->traces.size() <= back) {
    return too_few(backend, last->traces.size());
  }
  return backend.trace(last->traces[back].id);
}

Result<trace::Trace> fetch_prefix(Backend& backend, const std::string& prefix, Time now) {
  const std::size_t count =
      backend.is_archive() ? std::numeric_limits<std::size_t>::max() : k_listed_traces;
  const auto last = find_last(backend, listed_traces(backend, count, now));
  if (!last) {
    return fail(last.error());
  }
  std::vector<TraceId> ids;
  for (const trace::Summary& summary : last->traces) {
    if (to_hex(summary.id).starts_with(prefix)) {
      ids.push_back(summary.id);
    }
  }
  if (ids.empty()) {
    return fail(ErrorKind::not_seen,
                fmt::format("none of the {}{} begins with {}", backend.is_archive() ? "" : "last ",
                            counted(last->traces.size(), "trace"), prefix),
                "give the whole id");
  }
  if (ids.size() > 1) {
    return fail(ErrorKind::usage, fmt::format("{} traces begin with {}", ids.size(), prefix),
                fmt::format("which one: {} or {}?", to_hex(ids[0]), to_hex(ids[1])));
  }
  return backend.trace(ids.front());
}

// What no id, traceparent or `last` looks like.
bool is_path(std::string_view text) {
  return text == "-" || text.find_first_of("/.") != std::string_view::npos;
}

bool is_file(std::string_view text) {
  std::error_code code;
  return std::filesystem::exists(std::filesystem::path(text), code);
}

TraceReference file_reference(std::string_view path) {
  TraceReference reference;
  reference.file = std::string(path);
  reference.back = 0;
  return reference;
}

Result<TraceReference> parse_name(std::string_view text) {
  if (text.find("://") != std::string_view::npos) {
    return parse_page(text);
  }
  if (text.starts_with("last")) {
    return parse_back(text);
  }
  const auto parts = split(text, '-');
  if (parts.size() == 4 && parts[0].size() == 2 && parts[1].size() == k_whole_id) {
    text = parts[1];
  }
  const auto id = is_hex(text) ? parse_hex<TraceId>(text) : std::nullopt;
  if (!id || !id->is_valid()) {
    return no_reference(text);
  }
  TraceReference reference;
  reference.id = id;
  if (text.size() >= k_shortest_prefix && text.size() < k_whole_id) {
    reference.prefix = to_lower(text);
  }
  return reference;
}

}  // namespace

Result<TraceReference> parse_trace_reference(std::string_view text) {
  if (text.find("://") == std::string_view::npos && is_path(text)) {
    return file_reference(text);
  }
  auto reference = parse_name(trim(text));
  if (!reference && is_file(text)) {
    return file_reference(text);
  }
  return reference;
}

Result<trace::Trace> fetch_trace(Backend& backend, const TraceReference& reference, Time now) {
  if (reference.back) {
    return fetch_back(backend, *reference.back, now);
  }
  auto found = backend.trace(*reference.id);
  if (!found && found.error().kind == ErrorKind::not_seen && !reference.prefix.empty()) {
    return fetch_prefix(backend, reference.prefix, now);
  }
  return found;
}

}  // namespace otelctl::query
