// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "server/http_listener.hpp"

namespace otelctl::server {

// The parameters of GET /api/v2/traces.
struct ZipkinQuery {
  std::string service = {};  // names in lower case
  std::string span_name = {};
  // Of tags the value, "" any; an annotation's text, with "".
  std::map<std::string, std::string> annotations = {};
  std::uint64_t duration_min = 0;  // nanoseconds; 0: any
  std::uint64_t duration_max = ~std::uint64_t{0};
  std::uint64_t start_min = 0;  // Unix nanoseconds
  std::uint64_t start_max = 0;
  std::size_t limit = 10;
};

// Without endTs it ends now, without lookback it begins a day before. Error kind usage, with words
// to be answered with 400.
Result<ZipkinQuery> read_zipkin_query(const HttpHead& head, Time now);

// Whether the trace, a serialized TracesData, is what the query asks for.
bool matches(std::string_view traces, const ZipkinQuery& query);

}  // namespace otelctl::server
