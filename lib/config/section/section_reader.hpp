// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/environment.hpp"
#include "config/section/section.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// Finds the section and reads it by the table of its keys. `name` is a key at the top, a path with
// dots ("app.telemetry"), or "-" for the whole file. Everything that is wrong with it is added to
// `issues`; the result is empty where there is no map to read.
std::optional<Section> read_section(const yaml::Document& document, const std::string& name,
                                    const Environment& environment, bool report_unset,
                                    std::vector<Issue>& issues);

}  // namespace otelctl::config
