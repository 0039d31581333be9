// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/environment.hpp"
#include "config/finding.hpp"
#include "config/rules.hpp"
#include "yaml/document.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config {

struct ValidateOptions {
  // A key at the top, a path with dots, or "-" for the whole file.
  std::string section = "telemetry";
  // What ${NAME} in the file means.
  Environment environment = {};
  // Whether a variable without value is a finding (not where the environment was left out).
  bool reports_unset = true;
  // The deployment environment, where the section's own attribute shall not count.
  std::optional<std::string> environment_name = std::nullopt;
  Selection selection = {};
  yaml::Limits limits = {};
};

// The verdict on one file.
struct FileReport {
  std::string name;
  std::string kind;  // "telemetry"
  // It is whole YAML and has no such section.
  bool lacks_section = false;
  // By line, column and code; what has no place comes first.
  std::vector<Finding> findings;
  // For excerpts.
  yaml::Document document;
};

// Checks the telemetry section of one file. Whatever the bytes are, the result is findings.
FileReport validate_telemetry(std::string name, std::string bytes, const ValidateOptions& options);

// How many findings have this severity.
std::size_t count(const std::vector<FileReport>& files, Severity severity);

}  // namespace otelctl::config
