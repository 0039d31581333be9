// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "trace/builder.hpp"

namespace otelctl::query {

// What OpenTelemetry's exporters for Zipkin pack into one text, because Zipkin has no field for it.

// The attributes of a JSON object, {"key": value}, appended to the builder's columns. Nothing, and
// nothing appended, when the text is no such object.
std::optional<trace::Range> unpack_attributes(std::string_view json, trace::TraceBuilder& builder);

// An annotation's value as an event's name and attributes: `name|{...}|dropped` of the Collector,
// `"name": {...}` of the Java and `name: {...}` of the Go SDK, {"name": {...}} of the Python SDK.
// Any other text is the name. The time is left alone.
void unpack_event(std::string_view text, trace::Event& event, trace::TraceBuilder& builder);

// The Collector's tag otlp.link.N: `trace id|span id|trace state|{...}|dropped`. Nothing for text
// of another form.
std::optional<trace::Link> unpack_link(std::string_view text, trace::TraceBuilder& builder);

}  // namespace otelctl::query
