// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <ostream>

#include "report/traces.hpp"

// A trace as a picture: for a document, or for a program that draws it. In all of them what looks
// like a secret is redacted and text of the trace is escaped for their language.
namespace otelctl::report {

// A Mermaid sequence diagram of the calls between services, in the order of the tree; repeated
// calls are one, `×37`. Mermaid draws no long texts, so at most so many spans are drawn: roots,
// failed spans with those above them, the critical path, then the slowest. What was left out is
// said.
inline constexpr std::size_t k_most_mermaid_rows = 80;
void write_trace_mermaid(std::ostream& out, const TraceDetail& detail);

// The graph of services for graphviz: what each did, and which called which how often, with what
// errors and for how long. Services beyond so many, those with the fewest spans, are one node.
inline constexpr std::size_t k_most_graph_services = 200;
void write_trace_dot(std::ostream& out, const TraceDetail& detail);

// The Trace Event Format, for Perfetto and chrome://tracing. Whole.
void write_trace_chrome(std::ostream& out, const TraceDetail& detail);

// https://www.speedscope.app/file-format-schema.json: an evented profile for each lane. Whole.
void write_trace_speedscope(std::ostream& out, const TraceDetail& detail);

// A line for each stack, "service: name;service: name 1234", for flamegraph.pl and its kin: the
// nanoseconds that spans with this stack spent in themselves. Equal stacks are one line. Each line
// repeats the whole stack, so what is deeper than so many levels is one frame, "(deeper spans)".
inline constexpr std::size_t k_most_folded_levels = 200;
void write_trace_folded(std::ostream& out, const TraceDetail& detail);

// The waterfall as a picture for documents, on light and dark ground, without scripts. At most so
// many rows, chosen as for Mermaid.
inline constexpr std::size_t k_most_svg_rows = 200;
void write_trace_svg(std::ostream& out, const TraceDetail& detail);

// One page without anything from elsewhere, to open, zoom and search. At most so many spans, chosen
// as for Mermaid; the page says how many it has not.
inline constexpr std::size_t k_most_html_spans = 50'000;
void write_trace_html(std::ostream& out, const TraceDetail& detail);

}  // namespace otelctl::report
