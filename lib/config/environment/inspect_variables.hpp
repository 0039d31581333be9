// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/environment/variable_set.hpp"
#include "config/inspection.hpp"

namespace otelctl::config {

// Check the OTEL_* variables of a file: of NAME=VALUE lines, of the services of a compose file, of
// the containers of Kubernetes manifests.
void inspect_env(Inspection& inspection);
void inspect_compose(Inspection& inspection);
void inspect_kubernetes(Inspection& inspection);

// Judges the file by its issues, then each set of variables that has some of OpenTelemetry.
void judge_sets(Inspection& inspection, const std::vector<VariableSet>& sets,
                std::vector<Issue> issues);

}  // namespace otelctl::config
