// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "settings/env_file.hpp"

namespace otelctl::settings {

// Whether a file is a shell script rather than a .env file: see read_env_file().
bool is_script(std::string_view text);

// The assignments of a shell script: `NAME=VALUE`, `export NAME=VALUE ...`, also before a command
// and behind `;`, `&&` or `||`. What a command substitution or a parameter expansion that compose
// does not know gives is not known. All other lines are passed over.
EnvFileContent read_script(std::string_view text, const Environment* environment,
                           std::size_t most_entries);

}  // namespace otelctl::settings
