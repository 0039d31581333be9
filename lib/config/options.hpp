// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/environment.hpp"
#include "config/collector/version.hpp"
#include "config/kind.hpp"
#include "config/selection.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config {

// How a file is read and judged.
struct ValidateOptions {
  // What the file is; nothing leaves it to its content.
  std::optional<Kind> kind = std::nullopt;
  // A key at the top, a path with dots, or "-" for the whole file.
  std::string section = "telemetry";
  // What ${NAME} in the file means.
  Environment environment = {};
  // Whether a variable without value is a finding (not where the environment was left out).
  bool reports_unset = true;
  // Variables without value, and OTEL_* names that nobody reads, are errors.
  bool is_strict = false;
  // The deployment environment, where what the file says of itself shall not count.
  std::optional<std::string> environment_name = std::nullopt;
  // Whether a file can be read, for paths in variables of this very process; none: not looked at.
  std::function<bool(const std::string& path)> can_read_file = {};
  // The Collector that shall take a Collector file.
  CollectorVersion collector_version = {};
  // Which rules report.
  Selection selection = {};
  yaml::Limits limits = {};
};

}  // namespace otelctl::config
