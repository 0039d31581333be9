// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cmd/context.hpp"

namespace otelctl {

// One file to check, by the name that the report gives it.
struct ConfigInput {
  std::string name;
  std::string bytes;
};

// Reads a file, or standard input for "-". Of what is larger than `most_bytes` one byte more is
// read, so that a file that is too large becomes a finding. Error kind: settings.
Result<ConfigInput> read_config_input(const std::string& file, std::uint64_t most_bytes,
                                      Context& context);

// The names of the *.yaml and *.yml of the current directory, sorted.
std::vector<std::string> yaml_files_here();

}  // namespace otelctl
