// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "server/http_listener.hpp"
#include "server/trace_search.hpp"

namespace otelctl::server {

// The parameters of Jaeger's two search APIs. Errors are of kind usage with Jaeger's own messages,
// to be answered with 400.

// GET /api/traces. With trace ids the rest does not matter.
struct LegacySearch {
  TraceQuery query;
  std::int64_t limit = 100;  // may be what cannot be: 0 and less are answered with 500
  std::vector<TraceId> trace_ids;
};
// Without start and end it searches the two days before `now`.
Result<LegacySearch> read_legacy_search(const HttpHead& head, Time now);

// GET /api/traces/{id}: the optional start, end and raw are checked and have no effect.
Result<void> check_legacy_hints(const HttpHead& head);

// GET /api/v3/traces and /api/v3/trace-summaries.
Result<TraceQuery> read_v3_search(const HttpHead& head);
// GET /api/v3/traces/{id}: startTime, endTime and rawTraces, in the same way.
Result<void> check_v3_hints(const HttpHead& head);

// 1 to 32 hex digits, shorter ones stand for leading zeros.
Result<TraceId> read_trace_id(std::string_view text);

}  // namespace otelctl::server
