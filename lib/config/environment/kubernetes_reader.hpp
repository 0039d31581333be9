// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/environment/variable_set.hpp"
#include "config/issue.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// The variables of each container of the manifests in a stream: of pods and whatever has a template
// of pods (Deployment, StatefulSet, DaemonSet, Job, CronJob, ...), of ConfigMaps, and of the
// OpenTelemetry operator's Instrumentation. `valueFrom` is not known; `envFrom` leaves the set
// open;
// `$(NAME)` is resolved from earlier variables. Values that Kubernetes refuses are issues.
std::vector<VariableSet> read_kubernetes_sets(const yaml::Document& document,
                                              std::vector<Issue>& issues);

}  // namespace otelctl::config
