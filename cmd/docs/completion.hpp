// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl {

// Completion scripts. They know no command and no option: they hand the command line to `otelctl
// complete` (cmd/completion/shells.hpp says what comes back), so they are current by themselves.
std::string_view bash_completion();
std::string_view zsh_completion();
std::string_view fish_completion();

}  // namespace otelctl
