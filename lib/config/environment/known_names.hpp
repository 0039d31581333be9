// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "settings/foreign_names.hpp"

namespace otelctl::config {

using settings::find_foreign_name;
using settings::find_former_name;
using settings::ForeignName;
using settings::FormerName;

// A name of a language's SDK, of an instrumentation, an operator or the semantic conventions: those
// are nobody's mistake (OTEL_{LANGUAGE}_{FEATURE} is the specification's own pattern).
bool is_language_name(std::string_view name);

// OTEL_* and the other names that this tool has something to say about.
bool is_telemetry_name(std::string_view name);

// A name like those of OpenTelemetry that none of the lists above has.
bool is_unspecified(std::string_view name);

// Names of the specification that are near to a misspelt one: by letters, or by the same words in
// another order or with one more or less. Rules search for so many names of one set at most, which
// keeps hostile files cheap.
inline constexpr std::size_t k_most_near_searches = 1000;
std::vector<std::string> near_names(std::string_view name);

}  // namespace otelctl::config
