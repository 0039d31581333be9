// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

// The words of metrics and logs, for reading and writing.
namespace otelctl::scenario {

inline constexpr int k_severities = 24;

// In the order of synth::MetricKind.
std::vector<std::string> metric_kind_names();

// Of a severity from 1 to 24: "trace", "trace2", ..., "fatal4".
std::string severity_name(int severity);

}  // namespace otelctl::scenario
