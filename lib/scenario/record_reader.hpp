// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scenario/trace_reader.hpp"
#include "synth/scenario.hpp"

// Metrics and logs.
namespace otelctl::scenario {

std::vector<synth::MetricSpec> read_metrics(TraceContext& context, const Spot& spot);
std::vector<synth::LogSpec> read_logs(TraceContext& context, const Spot& spot);

}  // namespace otelctl::scenario
