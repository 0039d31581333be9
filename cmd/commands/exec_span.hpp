// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "base/traceparent.hpp"
#include "cmd/child_process.hpp"
#include "otlp/record.hpp"

// The span of `exec`: its place in a trace, what the command learns of it, and what it says of the
// command. Nothing here starts anything.
namespace otelctl {

// Where the command's span stands in a trace.
struct TracePlace {
  // The span itself: parent to whatever the command traces.
  TraceParent span;
  std::optional<SpanId> parent = std::nullopt;
  std::string trace_state = {};
  // Why TRACEPARENT or TRACESTATE were not followed.
  std::vector<std::string> notes = {};

  bool is_sampled() const { return (span.flags & k_flag_sampled) != 0; }
};

// A child of the span that TRACEPARENT names, with its flags and TRACESTATE; else the root of a new
// trace, sampled. (OpenTelemetry specification, "Environment Variables as Context Propagation
// Carriers"; W3C Trace Context Level 2.)
TracePlace find_place(const Environment& environment, Random& random);

// The environment ("NAME=VALUE") for a command whose span stands there: TRACEPARENT and TRACESTATE
// say so, everything else is as it was, in its order.
std::vector<std::string> environment_within(const TracePlace& place,
                                            std::vector<std::string> environment);

struct FinishedCommand {
  std::vector<std::string> arguments;  // with the name in front
  std::string path;                    // "" when there was no such program
  ChildEnd end;
  Time started;
  Time ended;
};

// Why the program of that name could not be started: "command not found", "Permission denied".
std::string failure_words(std::string_view name, const StartFailure& failure);

// Its span by the semantic conventions for processes and command line programs. Arguments are only
// counted: passwords and tokens stand in them. Without a resource.
otlp::SpanRecord span_of(const FinishedCommand& command, const TracePlace& place);

}  // namespace otelctl
