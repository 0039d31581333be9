// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

// Values of query parameters as Go's libraries read them, since Jaeger's clients know its limits
// and its messages. The message of an Error (kind: usage) is Go's own text.
namespace otelctl::server::go {

// strconv.ParseBool.
std::optional<bool> parse_bool(std::string_view text);
// strconv.ParseInt(text, 10, bits) and ParseUint.
Result<std::int64_t> parse_int(std::string_view text, int bits);
Result<std::uint64_t> parse_uint(std::string_view text, int base, int bits);
// time.ParseDuration: units are needed, a sign is allowed.
Result<nanoseconds> parse_duration(std::string_view text);
// time.Parse with RFC3339Nano, within the years of base's parse_rfc3339.
Result<Time> parse_time(std::string_view text);
// json.Unmarshal into a map[string]string.
Result<std::map<std::string, std::string>> parse_string_map(std::string_view json);

// strconv.Quote, as far as it shows in messages.
std::string quote(std::string_view text);

}  // namespace otelctl::server::go
