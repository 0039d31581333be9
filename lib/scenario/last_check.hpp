// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/issue.hpp"
#include "synth/scenario.hpp"
#include "yaml/document.hpp"

namespace otelctl::scenario {

// Asks synth::check_scenario, which knows what the reader does not: how values are drawn and
// counted. What it finds becomes an issue at the trace, metric or log record that it is about.
void check_last(const synth::Scenario& scenario, const yaml::Document& document,
                std::vector<config::Issue>& issues);

}  // namespace otelctl::scenario
