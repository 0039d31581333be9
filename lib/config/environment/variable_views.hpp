// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/environment/variable_set.hpp"
#include "config/views.hpp"

namespace otelctl::config {

// The OTLP exporters that an SDK makes of the variables: one of the general variables, and one of
// each signal that has variables of its own.
std::vector<OtlpExporter> exporters_of(const VariableSet& set);

// What OTEL_RESOURCE_ATTRIBUTES says, each pair with its own place.
std::vector<AttributeUse> attributes_of(const VariableSet& set);

// The deployment environment of the attributes, newest name first.
std::optional<std::string> environment_name_of(const VariableSet& set);

// The entries of a comma-separated list with their offsets in the value, blanks left out.
struct ListEntry {
  std::size_t begin = 0;
  std::string text;
};
std::vector<ListEntry> list_entries(std::string_view value);

}  // namespace otelctl::config
