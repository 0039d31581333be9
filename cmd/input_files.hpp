// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/validate.hpp"

// What commands that read a file of otelctl's own have in common: scenarios, expectations.
namespace otelctl {

class Context;

// Whether there is anything of this name, whatever it is.
bool path_exists(const std::string& path);

// What was found in an input, as text on stderr. Of one that can be used it is advice, which
// --quiet keeps back.
void print_input_findings(const std::vector<config::FileReport>& reports, bool is_usable,
                          Context& context);

}  // namespace otelctl
