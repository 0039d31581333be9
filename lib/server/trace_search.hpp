// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "server/store.hpp"

namespace otelctl::server {

// What a search asks for. All of it must hold for one and the same span, of which the whole trace
// is then found, as Jaeger's memory store has it.
struct TraceQuery {
  std::string service = {};
  std::string operation = {};
  std::uint64_t start_min = 0;  // Unix nanoseconds, both ends included
  std::uint64_t start_max = ~std::uint64_t{0};
  nanoseconds duration_min{0};  // 0: any
  nanoseconds duration_max{0};
  // Values are compared as text, with attributes of span, scope, resource, events and links.
  // Special are error, span.status, span.kind, scope.name, scope.version and the prefix resource.
  std::map<std::string, std::string> attributes = {};
  std::size_t limit = 100;
};

// The ids of at most `limit` traces, newest start first.
std::vector<TraceId> find_traces(const Store& store, const TraceQuery& query);

// The same for other query languages: of the traces in the range those whose serialized TracesData
// `is_match` takes.
std::vector<TraceId> find_traces(const Store& store, const TraceRange& range, std::size_t limit,
                                 const std::function<bool(std::string_view traces)>& is_match);

// Whether a span of the serialized TracesData is what the query asks for.
bool matches(std::string_view traces, const TraceQuery& query);

}  // namespace otelctl::server
