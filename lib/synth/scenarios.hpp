// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "synth/scenario.hpp"

namespace otelctl::synth {

// The names of the built-in scenarios, in the order in which they are listed (scenarios.def).
std::vector<std::string> scenario_names();

// The one of this name, its attributes named as `semconv` says. Some take a size behind a colon:
// "deep:1000" (spans), "wide:1000" (children), "large-attributes:64KiB". Error kind: usage; the
// hint offers the nearest name, or says which sizes there are.
Result<Scenario> find_scenario(std::string_view name, Semconv semconv = Semconv::seed);

}  // namespace otelctl::synth
