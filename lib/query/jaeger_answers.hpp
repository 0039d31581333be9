// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "query/backend.hpp"
#include "settings/query_settings.hpp"
#include "trace/trace.hpp"

// What Jaeger's answers have in common, whatever transport they came over.
namespace otelctl::query {

// Jaeger's multi-tenancy reads x-tenant where Tempo's reads X-Scope-OrgID, which the settings name.
settings::QuerySettings with_tenant(settings::QuerySettings settings);

// Sets is_truncated where Jaeger's max_trace_size left spans out, which it says on the first span
// that it sends.
void mark_truncated(trace::Trace& trace);

SearchAnswer summarize_all(const std::vector<trace::Trace>& traces);

// Whether an error's words say that this storage cannot search over all services: "parameter
// 'service' is required", "this storage backend requires a service name to search".
bool speaks_of_service(std::string_view message);

// Whether they say that a search asks for more traces than it may: "search depth must be greater
// than 0 and less than max traces", "limit 1500 out of range [0, 1000]".
bool speaks_of_limit(std::string_view message);

}  // namespace otelctl::query
