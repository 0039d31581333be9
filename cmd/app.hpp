// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace otelctl {

class Context;

// The program without main(): finds the command that `args` (without the program's name) ask for,
// parses, runs it and turns whatever went wrong into text and an exit status.
int run_app(const std::vector<std::string>& args, Context& context);

}  // namespace otelctl
