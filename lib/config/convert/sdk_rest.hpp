// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "config/convert/plan.hpp"
#include "config/sdk/model.hpp"

namespace otelctl::config::convert {

// Adds to the losses what of a declarative file was not taken over, each at its uppermost place.
// What is taken stands with all below it, but for the parts of `opened`: those were looked at key
// by key.
void lose_the_rest(const sdk::Model& model, const std::set<sdk::Part>& taken,
                   const std::set<sdk::Part>& opened, Plan& plan);

}  // namespace otelctl::config::convert
