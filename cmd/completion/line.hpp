// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/command.hpp"
#include "cmd/parser.hpp"

namespace otelctl {

// An option as far as it was typed.
struct GivenOption {
  std::string name;   // the last of its names: the long one
  std::string value;  // empty for a flag
};

// What stands on a command line up to the cursor, and what may be typed there.
struct CommandLine {
  enum class At { nothing, command, option, value, argument, program };
  At at = At::nothing;
  // The word under the cursor: `fixed` stays ("--format=", the items of a list up to the last
  // comma), `typed` is to be completed.
  std::string fixed;
  std::string typed;
  // Items of the list that stand in `fixed`.
  std::vector<std::string> listed;

  // "config", where one of the commands of that group stands or is to follow.
  std::string group;
  // nullptr where none was named yet.
  const CommandSpec* command = nullptr;
  // The command's; until one is named those of all commands.
  std::vector<OptionFacts> options;
  std::vector<GivenOption> given;
  std::vector<std::string> arguments;
  // Of At::value and At::argument: the one of `options` that takes what is typed; nullptr where
  // there are arguments enough.
  const OptionFacts* taker = nullptr;
  // Of At::program: the index of the word that names the program.
  std::size_t program = 0;

  bool has(const OptionFacts& option) const;
};

// Reads words as run_app does, with less than all of them there. They stand behind the program's
// name; the last one, which may be empty, is under the cursor.
CommandLine read_command_line(const std::vector<std::string>& words);

}  // namespace otelctl
