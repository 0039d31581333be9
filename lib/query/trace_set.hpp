// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "query/backend.hpp"
#include "query/last.hpp"
#include "trace/trace.hpp"

namespace otelctl::query {

// Several traces as people name them: "service=checkout,operation=POST /x,since=1h,last=20". The
// keys are show-traces' options: service, operation, tag (KEY=VALUE), errors (true or false),
// since, until, last, min-duration, max-duration; service and tag may repeat. A comma within a
// value is written "\,", a backslash "\\".

// Whether the text begins with one of the keys and '='. No id, URL or traceparent does; a file that
// is called so is named "./service=x".
bool is_trace_set(std::string_view text);

inline constexpr std::size_t k_set_size = 20;  // without `last`
inline constexpr std::size_t k_most_in_set = 1000;

struct TraceSetQuery {
  LastQuery last;
  // Nobody said from when on: one hour, and in an archive all the time there is.
  bool has_since = false;
};

// Error kind: usage.
Result<TraceSetQuery> parse_trace_set(std::string_view text, Time now);
// The newest of all traces of a file, as many as a set may have.
TraceSetQuery whole_file();

struct TraceSet {
  std::vector<trace::Trace> traces;
  std::vector<std::string> notes;
};

// The set with all spans; what the backend lists and then cannot give is left out with a note.
// Error kinds: those of Backend; not_seen where it is empty; usage where it has more than 5 million
// spans.
Result<TraceSet> fetch_trace_set(Backend& backend, TraceSetQuery query);

}  // namespace otelctl::query
