// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/finding.hpp"
#include "config/options.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// What comments in a file ask for: `# otelctl: ignore CODE, CODE why` hides findings on its own
// line or, where nothing else stands on that, on the next line that is no comment. CODE may be the
// beginning of codes (OTC3); what keeps a file from being read is hidden by its whole code only. A
// '#' inside of a value begins no comment.
//
// Removes what is ignored, and adds a finding OTC900 for a comment that hides nothing or is not
// understood, as far as the options select it. `is_read_whole`: every rule could look at the whole
// file; else nobody can say that a comment is of no use.
void apply_ignores(const yaml::Document& document, const ValidateOptions& options,
                   bool is_read_whole, std::vector<Finding>& findings);

}  // namespace otelctl::config
