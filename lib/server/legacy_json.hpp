// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace otelctl::server {

// Jaeger writes a trace id with a high half of zero as 16 digits (jaeger-idl, model/v1/ids.go).
std::string legacy_trace_id(std::string_view raw);

// Appends the trace, a serialized TracesData, in the JSON of Jaeger's first HTTP API: what its
// translation from OTLP keeps (microseconds, no dropped counts, no attributes of links). Jaeger's
// adjusters are not applied: attributes and events stay in the order in which they came.
void append_legacy_trace(std::string& json, std::string_view traces);

// The JSON text again with line ends and four spaces a level, as ?prettyPrint has it.
std::string indented(std::string_view json);

}  // namespace otelctl::server
