// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synth/scenario.hpp"

namespace otelctl::synth {

// Gives the attributes of resources, spans, events, links, metrics and logs the names and values
// that the semantic conventions have now (1.44.0) in place of those that the platforms wrote.
// Attributes that nothing replaces go; what the conventions never named stays.
void use_current_names(Scenario& scenario);

}  // namespace otelctl::synth
