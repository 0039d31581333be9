// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace otelctl {

// W3C Trace Context flags (Level 2): bit 0 sampled, bit 1 "the low 7 bytes of the trace id are
// random".
inline constexpr std::uint8_t k_flag_sampled = 0x01;
inline constexpr std::uint8_t k_flag_random = 0x02;

// The span that a traceparent header or variable names as the parent.
struct TraceParent {
  TraceId trace_id;
  SpanId span_id;
  std::uint8_t flags = k_flag_sampled;

  friend bool operator==(const TraceParent&, const TraceParent&) = default;
};

// Reads "00-<32 hex>-<16 hex>-<2 hex>" (W3C Trace Context Level 2, section 3.2): lower case only,
// ids not all zero, version ff forbidden; of a higher version only the known front is read and only
// its sampled bit counts. Error kind: usage.
Result<TraceParent> parse_traceparent(std::string_view text);

// The header for a child of that span, in version 00.
std::string format_traceparent(const TraceParent& parent);

// Whether a tracestate may be handed on (section 3.3): at most 32 members KEY=VALUE, divided by
// commas, empty ones allowed.
bool is_valid_tracestate(std::string_view text);

}  // namespace otelctl
