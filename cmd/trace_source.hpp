// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "query/backend.hpp"
#include "report/traces.hpp"
#include "settings/query_settings.hpp"
#include "trace/trace.hpp"

namespace otelctl {

class Context;

// The backend that flags and environment name, with the settings' notes on stderr.
Result<std::unique_ptr<query::Backend>> open_backend(const settings::QueryFlags& flags,
                                                     Context& context);

// One trace, named as people name it (query::parse_trace_reference), with where it came from. The
// URL of a trace's page also names the backend, unless the flags do.
Result<report::TraceDetail> fetch_trace(std::string_view name, settings::QueryFlags flags,
                                        Context& context);

// Traces of one backend.
struct FetchedTraces {
  query::BackendInfo backend;
  std::vector<std::string> notes;
  std::vector<trace::Trace> traces;  // at least one
};

// One trace named as for fetch_trace, a set of them (query::is_trace_set), or all that a file
// holds. A URL and a file name their own backend, whatever the flags do.
Result<FetchedTraces> fetch_traces(std::string_view name, settings::QueryFlags flags,
                                   Context& context);

}  // namespace otelctl
