// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "synth/scenario.hpp"

namespace otelctl::scenario {

// Writes a scenario as a YAML file that read_scenario reads back to the same, with comments that
// say what can be changed. Only spans that others refer to get an id. The scenario has passed
// check_scenario.
void write_scenario(std::ostream& out, const synth::Scenario& scenario);

}  // namespace otelctl::scenario
