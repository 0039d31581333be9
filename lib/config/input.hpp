// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "config/kind.hpp"
#include "config/options.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config {

// A file as its kind is read: lines of NAME=VALUE, one YAML document, or a stream of manifests.
struct Input {
  yaml::Parsed parsed;
  Kind kind = Kind::telemetry;
};

// Reads bytes as what their content says that they are, unless the options say it. Never fails:
// what is wrong are problems of `parsed`.
Input read_input(std::string bytes, const ValidateOptions& options);

}  // namespace otelctl::config
