// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <vector>

#include "synth/scenario.hpp"

namespace otelctl::report {

// A line for each: its name and its summary.
void write_scenarios_text(std::ostream& out, const std::vector<synth::Scenario>& scenarios);

// The shape otelctl.scenarios/1: scenarios[{name,summary,services[],spans{min,max},signals[]}],
// where spans says how large a trace can be.
void write_scenarios_json(std::ostream& out, const std::vector<synth::Scenario>& scenarios);

}  // namespace otelctl::report
