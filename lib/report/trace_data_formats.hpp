// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "report/traces.hpp"

// A whole trace for other programs. All of these leave out spans that are exact copies of others,
// redact secrets in attributes (TraceValues), and write as they go.
namespace otelctl::report {

// One line as the Collector's file exporter writes it (OTLP 1.x JSON mapping): an
// ExportTraceService- Request in which every resource stands once, and every scope once within it.
// Has everything that OTLP has of a span and otelctl keeps: schema URLs and the warnings of
// backends are not among it.
void write_trace_otlp_json(std::ostream& out, const TraceDetail& detail);

// One answer of Jaeger's first HTTP API, as Jaeger translates OTLP; its user interface imports it.
// Lost are what is below a microsecond, flags, dropped counts, attributes of links and scopes, the
// trace state of links, the types within arrays and maps, and everything but the id of an empty
// name.
void write_trace_jaeger_json(std::ostream& out, const TraceDetail& detail);

// An array of Zipkin's v2 spans, as the Collector's Zipkin exporter translates OTLP. All values are
// texts; events and links keep their attributes in these. Times have microseconds, and a span takes
// at least one, because without a duration Zipkin takes it for unfinished.
void write_trace_zipkin_json(std::ostream& out, const TraceDetail& detail);

// RFC 4180 with a header: a row a span in display order. Attributes are one cell of JSON; cells
// that a spreadsheet would take for a formula get a ' in front.
void write_trace_csv(std::ostream& out, const TraceDetail& detail);

// For a comment in a review: what the trace is, its warnings, its services, what failed in it, and
// the waterfall of at most 100 spans. Text from the trace stands in code only, where it cannot
// become a link, an image, a mention or HTML.
void write_trace_markdown(std::ostream& out, const TraceDetail& detail);

}  // namespace otelctl::report
