// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"

// What users write for the fields of a record.
namespace otelctl::otlp {

// "trace", "debug", "info", "warn", "error" or "fatal" (case ignored) as the first number of its
// range, or a number from 1 to 24 (opentelemetry/proto/logs/v1/logs.proto, enum SeverityNumber).
// Error kind: usage.
Result<int> parse_severity(std::string_view text);

// The short name of a severity from 1 to 24: "INFO", "INFO2" (specification, "Logs Data Model",
// "Displaying Severity").
std::string severity_name(int severity);

// A data point's value: a 64-bit integer when it is written in digits only, else a finite double.
// Error kind: usage.
Result<std::variant<std::int64_t, double>> parse_number(std::string_view text);

}  // namespace otelctl::otlp
