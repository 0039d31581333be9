// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "otlp/attribute.hpp"
#include "synth/scenario.hpp"

namespace otelctl::synth {

// What a user changes in a scenario. Texts stand for themselves: braces are no columns.
struct Overrides {
  std::optional<std::string> root_name = std::nullopt;
  // Set on every span, in place of what the scenario has under the same key.
  std::vector<Attribute> attributes = {};
  // service.name; only for a scenario of one service.
  std::optional<std::string> service = std::nullopt;
  // Set on every service's resource.
  std::vector<Attribute> resource = {};
};

// Error kind: usage, for a service name where there are several services.
Result<void> apply_overrides(Scenario& scenario, const Overrides& overrides);

}  // namespace otelctl::synth
