// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "config/collector/collector.hpp"
#include "config/issue.hpp"
#include "config/options.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::collector {

// Reads a Collector's configuration and notes what is wrong with single keys and values. Nothing
// where the file is no map.
std::optional<Collector> read_collector(const yaml::Document& document,
                                        const ValidateOptions& options, std::vector<Issue>& issues);

}  // namespace otelctl::config::collector
