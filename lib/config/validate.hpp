// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/finding.hpp"
#include "config/kind.hpp"
#include "config/options.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// The verdict on one file.
struct FileReport {
  std::string name;
  Kind kind = Kind::telemetry;
  // It is whole YAML, of no other kind, and has no such section.
  bool lacks_section = false;
  // By line, column and code; what has no place comes first.
  std::vector<Finding> findings;
  // For excerpts.
  yaml::Document document;
};

// Checks one file as what its content says it is. Whatever the bytes are, the result is findings.
FileReport validate(std::string name, std::string bytes, const ValidateOptions& options);

// The name of the report on the process environment.
inline constexpr std::string_view k_environment_name = "(environment)";

// Checks the OTEL_* variables of `options.environment`. Its findings have no places: each message
// names its variable. Nothing when there are none.
std::optional<FileReport> validate_environment(const ValidateOptions& options);

// How many findings have this severity.
std::size_t count(const std::vector<FileReport>& files, Severity severity);

}  // namespace otelctl::config
