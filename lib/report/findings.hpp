// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <ostream>
#include <vector>

#include "config/validate.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

struct FindingsTextOptions {
  terminal::Terminal terminal = {};
  // Of each file; what is left out is counted.
  std::size_t max_findings = 50;
};

// For a person: each finding with its place, the line with a caret under what is meant, the path of
// the key and what helps, then one line of counts. Secrets are redacted, text of the file escaped.
void write_findings_text(std::ostream& out, const std::vector<config::FileReport>& files,
                         const FindingsTextOptions& options);

// The shape otelctl.findings/1. A finding without a place has no line and column.
void write_findings_json(std::ostream& out, const std::vector<config::FileReport>& files);

}  // namespace otelctl::report
