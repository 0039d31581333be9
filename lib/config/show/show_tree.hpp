// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "base/result.hpp"
#include "config/show/effective_settings.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// Reads a scalar or null of a file as the file's own reader does; `raw` of numbers and booleans.
using ReadEffective = std::function<EffectiveValue(yaml::NodeId node)>;

// Every value of a file that has no defaults here. Aliases are followed. Error kind: settings, for
// too many of them.
Result<EffectiveSettings> show_tree(const std::string& name, Kind kind,
                                    const yaml::Document& document, const ReadEffective& read,
                                    const ShowOptions& options);

}  // namespace otelctl::config
