// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace otelctl::server {

// Appends the trace, a serialized TracesData, as Zipkin's v2 JSON: an array of spans. What Zipkin
// has no field for goes where OpenTelemetry's exporters for it put it (the specification's mapping
// to Zipkin, and pkg/translator/zipkin of the Collector): attributes of resource and span are tags,
// of equal keys the span's; kind internal, status, scope, trace state and links are tags too;
// events are annotations, with attributes as `name|{...}|dropped`. As Zipkin does when it takes
// spans in, names of services and spans come in lower case and times in microseconds, none shorter
// than one.
void append_zipkin_trace(std::string& json, std::string_view traces);

}  // namespace otelctl::server
