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

}  // namespace otelctl::query
