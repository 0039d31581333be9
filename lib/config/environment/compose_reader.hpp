// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/environment/variable_set.hpp"
#include "config/issue.hpp"
#include "config/options.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// The variables of each service of a compose file, one set a service, in both forms of
// `environment`. References are resolved from the environment as compose does; files named by
// `env_file` are not read, which leaves the set open. What concerns OTEL_* variables and is wrong
// becomes an issue.
std::vector<VariableSet> read_compose_sets(const yaml::Document& document,
                                           const ValidateOptions& options,
                                           std::vector<Issue>& issues);

}  // namespace otelctl::config
