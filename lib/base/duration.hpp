// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace otelctl {

// Reads a duration with units: ns, us (or µs), ms, s, m, h, d; several may follow each other
// ("1m30s"), fractions are allowed ("1.5s"). Never negative. A bare number is an error whose hint
// shows both readings ("10s or 10ms"). Error kind: usage.
Result<std::chrono::nanoseconds> parse_duration(std::string_view text);

// For a person, three significant digits and one unit: "213ms", "1.23s", "980us", then "1m 3s",
// "2h 5m", "3d 4h".
std::string format_duration(std::chrono::nanoseconds duration);

// The same duration in a form that parse_duration reads back exactly: "1m30s", "250ms", "0s".
std::string format_duration_exact(std::chrono::nanoseconds duration);

// Reads a size in bytes: B, kB, MB, GB (1000) and KiB, MiB, GiB (1024), fractions allowed. A bare
// number is an error whose hint shows both readings. Error kind: usage.
Result<std::uint64_t> parse_size(std::string_view text);

// For a person: "256MiB", "1.5KiB", "17B".
std::string format_size(std::uint64_t bytes);

}  // namespace otelctl
