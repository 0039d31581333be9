// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "query/backend.hpp"
#include "trace/trace.hpp"

namespace otelctl::query {

// A trace as people name it.
struct TraceReference {
  // A whole id, or one that may have lost its leading zeros.
  std::optional<TraceId> id;
  // Lower-case hex digits that an id may begin with; empty when they are too few or all are there.
  std::string prefix;
  // `last` is 0, `last~2` the one before the one before it.
  std::optional<std::size_t> back;
  // The backend's URL, from the URL of a page of its user interface.
  std::optional<std::string> backend_url;
  // The path of a file, or "-", whose newest trace is meant; `back` is 0.
  std::optional<std::string> file;
};

// What has a '.' or a '/' in it and is no URL is the path of a file, "-" is standard input. Of the
// rest it reads 32 hex digits, fewer (leading zeros left out, or at least 6 as a prefix), `last`,
// `last~N`, a traceparent header (W3C Trace Context), or a URL of Jaeger's or Zipkin's user
// interface or of a query API that ends in /trace/ID or /traces/ID; what is none of these but the
// name of a file is that. Error kind: usage.
Result<TraceReference> parse_trace_reference(std::string_view text);

// Fetches the trace. Error kinds: those of Backend; not_seen where there is none; usage where
// several begin with the prefix.
Result<trace::Trace> fetch_trace(Backend& backend, const TraceReference& reference, Time now);

}  // namespace otelctl::query
