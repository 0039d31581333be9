// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/traceparent.hpp"

#include <fmt/format.h>

namespace otelctl {
namespace {

constexpr std::size_t k_length = 55;

bool is_lower_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
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

}  // namespace otelctl
