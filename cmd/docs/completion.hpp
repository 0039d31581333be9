// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace otelctl {

// Completion scripts, generated from what the commands declare: commands, options, values of
// options that have a fixed set, and files where a file is wanted.
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace otelctl
