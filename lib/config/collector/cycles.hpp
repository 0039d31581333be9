// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "config/collector/collector.hpp"

namespace otelctl::config::collector {

// Pipelines that connectors join to a circle, in the order of the data.
struct Cycle {
  std::vector<std::size_t> pipelines;
  Place place;  // of the connector that closes it, among the exporters of the last
};

// Every circle that a walk over the pipelines meets; at most 100.
std::vector<Cycle> find_cycles(const Collector& model);

}  // namespace otelctl::config::collector
