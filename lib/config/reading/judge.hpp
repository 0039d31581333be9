// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/finding.hpp"
#include "config/issue.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config::reading {

// The findings of a file that is of none of config's kinds: those of the rules that judge any file.
// By line, column and code, each once.
std::vector<Finding> judge(const yaml::Parsed& parsed, std::vector<Issue> issues);

bool has_error(const std::vector<Finding>& findings);

}  // namespace otelctl::config::reading
