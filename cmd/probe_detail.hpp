// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cmd/parser.hpp"
#include "report/probe.hpp"

namespace otelctl {

// How much of a ladder of stages is shown with -v and -q.
inline report::ProbeDetail probe_detail(const GlobalOptions& global) {
  return global.is_verbose ? report::ProbeDetail::all
         : global.is_quiet ? report::ProbeDetail::verdict
                           : report::ProbeDetail::stages;
}

}  // namespace otelctl
