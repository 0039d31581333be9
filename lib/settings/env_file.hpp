// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/result.hpp"

namespace otelctl::settings {

struct EnvFileEntry {
  std::string name;
  std::string value;
  std::size_t line = 0;  // from 1
};

// Reads a .env file as docker compose does: NAME=VALUE a line, `export ` before it, full-line and
// inline comments (# after a space), 'literal' and "escaped" values that may go over several lines,
// CRLF. A name without '=' sets nothing. Values are not interpolated. Error kind: settings, with
// the line's number and never the value.
Result<std::vector<EnvFileEntry>> parse_env_file(std::string_view text);

// The process environment and what --env-file adds to it.
struct FilledEnvironment {
  Environment variables;
  // "FILE:LINE" of each variable that came from the file.
  std::map<std::string, std::string, std::less<>> places;
  std::vector<std::string> notes;
};

// Fills in from the file (when one is given) what `environment` does not set, an empty value being
// set. Error kind: settings.
Result<FilledEnvironment> fill_environment(const Environment& environment,
                                           const std::optional<std::string>& env_file);

}  // namespace otelctl::settings
