// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/environment.hpp"
#include "cmd/process_start.hpp"
#include "terminal/terminal.hpp"

namespace otelctl {

// The command line of the program that shows a text page by page: OTELCTL_PAGER, then PAGER, then
// `less -FRX`. Empty: none, because the variable is, the terminal is dumb, or there is no less.
std::string pager_command(const Environment& environment);

// Whether the text takes more lines than the terminal has beside its prompt; wide lines count as
// often as they wrap.
bool is_taller(std::string_view text, const terminal::Terminal& terminal);

// Shows the text in the pager and waits until it is closed. Ctrl-C is the pager's alone, so that it
// can put the terminal in order. False: it could not be started, and nothing was shown. To be
// called when nothing is left to do but to end: see run_child.
bool show_in_pager(std::string_view text, const std::string& command, const ProcessStart& start);

}  // namespace otelctl
