// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/trace.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace otelctl::trace {
namespace {

constexpr std::array<std::string_view, 6> k_kinds = {"unspecified", "internal", "server",
                                                     "client",      "producer", "consumer"};
constexpr std::array<std::string_view, 3> k_statuses = {"unset", "ok", "error"};

}  // namespace

std::string_view name_of(SpanKind kind) {
  return k_kinds[static_cast<std::size_t>(kind)];
}

std::string_view name_of(SpanStatus status) {
  return k_statuses[static_cast<std::size_t>(status)];
}

std::string short_hex(const TraceId& id) {
  const std::string hex = to_hex(id);
  const std::size_t half = hex.size() / 2;
  return hex.find_first_not_of('0') >= half ? hex.substr(half) : hex;
}

std::optional<SpanKind> parse_span_kind(std::string_view name) {
  const auto* const found =
      std::find_if(k_kinds.begin(), k_kinds.end(),
                   [&](std::string_view kind) { return equals_ignoring_case(kind, name); });
  if (found == k_kinds.end()) {
    return std::nullopt;
  }
  return static_cast<SpanKind>(found - k_kinds.begin());
}

}  // namespace otelctl::trace
