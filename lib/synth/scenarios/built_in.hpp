// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "synth/scenario.hpp"

// The built-in scenarios, each in a file of its name, with the names of attributes that its
// platform writes; semconv.hpp makes current ones of them.
namespace otelctl::synth {

Scenario agentcreator_scenario();
Scenario agentmap_scenario();
Scenario agentproxy_scenario();
Scenario aob_scenario();
Scenario deep_scenario(std::uint64_t spans);
Scenario hyvve_scenario();
Scenario kinds_scenario();
Scenario large_attributes_scenario(std::uint64_t bytes);
Scenario simple_scenario();
Scenario unicode_scenario();
Scenario wide_scenario(std::uint64_t children);

}  // namespace otelctl::synth
