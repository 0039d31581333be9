// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/traceparent.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl {
namespace {

constexpr std::size_t k_length = 55;

bool is_lower_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// W3C Trace Context Level 2, section 3.3.1.3.
constexpr std::size_t k_most_members = 32;
constexpr std::size_t k_longest_key = 256;
constexpr std::size_t k_longest_value = 256;

bool is_state_key(std::string_view key) {
  constexpr std::string_view k_first = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::string_view k_others = "abcdefghijklmnopqrstuvwxyz0123456789_-*/@";
  return !key.empty() && key.size() <= k_longest_key &&
         k_first.find(key.front()) != std::string_view::npos &&
         key.find_first_not_of(k_others) == std::string_view::npos;
}

bool is_state_value(std::string_view value) {
  return !value.empty() && value.size() <= k_longest_value && value.back() != ' ' &&
         std::all_of(value.begin(), value.end(),
                     [](char c) { return c >= ' ' && c <= '~' && c != ',' && c != '='; });
}

bool is_state_member(std::string_view member) {
  const std::size_t equals = member.find('=');
  return equals != std::string_view::npos && is_state_key(member.substr(0, equals)) &&
         is_state_value(member.substr(equals + 1));
}

tl::unexpected<Error> invalid(std::string_view text, std::string_view reason) {
  return fail(ErrorKind::usage, fmt::format("'{}' is not a traceparent: {}", text, reason),
              "it looks like 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
}

}  // namespace

Result<TraceParent> parse_traceparent(std::string_view text) {
  if (text.size() < k_length) {
    return invalid(text, fmt::format("{} characters where {} are due", text.size(), k_length));
  }
  if (text[2] != '-' || text[35] != '-' || text[52] != '-') {
    return invalid(text, "its parts are not divided by '-' at the right places");
  }
  const std::string_view version = text.substr(0, 2);
  const std::string_view trace = text.substr(3, 32);
  const std::string_view span = text.substr(36, 16);
  const std::string_view flags = text.substr(53, 2);
  if (!is_lower_hex(version) || !is_lower_hex(trace) || !is_lower_hex(span) ||
      !is_lower_hex(flags)) {
    return invalid(text, "its parts are not lower-case hex");
  }
  if (version == "ff") {
    return invalid(text, "version ff is forbidden");
  }
  const bool is_known_version = version == "00";
  if (text.size() > k_length && (is_known_version || text[k_length] != '-')) {
    return invalid(text, "something follows the flags");
  }
  TraceParent parent;
  parent.trace_id = *parse_hex<TraceId>(trace);
  parent.span_id = *parse_hex<SpanId>(span);
  if (!parent.trace_id.is_valid() || !parent.span_id.is_valid()) {
    return invalid(text, "an id of zeros stands for none");
  }
  constexpr std::string_view k_digits = "0123456789abcdef";
  const auto bits =
      static_cast<std::uint8_t>(k_digits.find(flags[0]) * 16 + k_digits.find(flags[1]));
  const unsigned known = is_known_version ? unsigned{k_flag_sampled} | unsigned{k_flag_random}
                                          : unsigned{k_flag_sampled};
  parent.flags = static_cast<std::uint8_t>(bits & known);
  return parent;
}

std::string format_traceparent(const TraceParent& parent) {
  return fmt::format("00-{}-{}-{:02x}", to_hex(parent.trace_id), to_hex(parent.span_id),
                     parent.flags);
}

bool is_valid_tracestate(std::string_view text) {
  std::size_t count = 0;
  for (const std::string_view part : split(text, ',')) {
    const std::string_view member = trim(part);
    if (member.empty()) {
      continue;
    }
    ++count;
    if (count > k_most_members || !is_state_member(member)) {
      return false;
    }
  }
  return true;
}

}  // namespace otelctl
