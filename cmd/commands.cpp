// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/commands.hpp"

namespace otelctl {

#define OTELCTL_COMMAND(name) CommandSpec name##_command();
#include "cmd/commands.def"
#undef OTELCTL_COMMAND

const std::vector<CommandSpec>& all_commands() {
  static const std::vector<CommandSpec> commands{
#define OTELCTL_COMMAND(name) name##_command(),
#include "cmd/commands.def"
#undef OTELCTL_COMMAND
  };
  return commands;
}

}  // namespace otelctl
