// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "config/environment/variable_set.hpp"
#include "config/issue.hpp"
#include "config/options.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config {

// Whether the bytes are lines of NAME=VALUE rather than YAML: more of the first lines begin with
// NAME= than with a key and a colon.
bool looks_like_env_file(std::string_view bytes);

// The file as a flat document, with what keeps its lines from being read as problems.
yaml::Parsed parse_env_document(std::string bytes, const yaml::Limits& limits);

// The assignments of such a document. References are resolved from the environment; those that are
// not are issues where the options say so.
VariableSet read_env_set(const yaml::Document& document, const ValidateOptions& options,
                         std::vector<Issue>& issues);

// The OTEL_* variables of a process (and what is misspelt like them) as a file of NAME=VALUE lines.
struct ProcessVariables {
  yaml::Parsed parsed;
  VariableSet set{VariableSet::Host::process};
};
ProcessVariables read_process_environment(const Environment& environment);

}  // namespace otelctl::config
