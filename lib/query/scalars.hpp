// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "query/json_events.hpp"
#include "trace/trace.hpp"

namespace otelctl::query {

// What the APIs' scalars mean. JSON from protobuf has 64-bit numbers as strings, hand-written JSON
// as numbers: either is read. What is no number at all is 0 or nothing.
std::uint64_t to_unsigned(const JsonScalar& value);
// As far as it fits in 32 bits: OTLP's dropped counts and flags.
std::uint32_t to_count(const JsonScalar& value);
std::optional<std::int64_t> to_integer(const JsonScalar& value);
// Also "NaN", "Infinity" and "-Infinity".
std::optional<double> to_real(const JsonScalar& value);
bool to_boolean(const JsonScalar& value);
// A number or a truth in its JSON form, text as it is, null as "".
std::string to_text(const JsonScalar& value);

// Microseconds as nanoseconds, as far as they fit.
std::uint64_t from_microseconds(std::uint64_t count);

// The number or the name of OTLP's enums: 2, "SPAN_KIND_SERVER", "server".
trace::SpanKind to_span_kind(const JsonScalar& value);
// 2, "STATUS_CODE_ERROR", "ERROR".
trace::SpanStatus to_span_status(const JsonScalar& value);

}  // namespace otelctl::query
