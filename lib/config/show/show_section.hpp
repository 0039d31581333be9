// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "config/show/effective_settings.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// Every key of the section, by the table of its keys. Error kind: settings.
Result<EffectiveSettings> show_section(const std::string& name, const yaml::Document& document,
                                       const ShowOptions& options);

}  // namespace otelctl::config
