// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cmd/command.hpp"

namespace otelctl {

// The command of this name, or nothing.
const CommandSpec* find_spec(std::string_view name);

// The names of all commands that users see, and of groups ("config").
std::vector<std::string> known_names();

// "did you mean 'config validate'?" for a name that no command has: the nearest names, else those
// that the word is a part of; empty when nothing is near.
std::string hint_for_unknown(const std::string& name);

// Whether the word is the first half of command names: "config".
bool is_command_group(std::string_view word);

// Help texts, at most 80 columns wide.
std::string overview();
std::string group_help(std::string_view group);
std::string command_help(const CommandSpec& spec);

// Whether a line of a description is one of a listing, which stays as it is.
constexpr bool is_verbatim(std::string_view line) {
  return line.starts_with("  ");
}

// "otelctl send-spans [OPTION]... FILE": for help and man pages.
std::string usage_line(const CommandSpec& spec);

// The exit statuses of every command: the one contract, for help and man pages.
struct ExitMeaning {
  std::string_view status;
  std::string_view meaning;
};
const std::vector<ExitMeaning>& exit_meanings();
// Those of one command: a command that runs a program has the program's.
const std::vector<ExitMeaning>& exit_meanings(const CommandSpec& spec);

// The environment variables that otelctl itself reads, with what they do.
struct VariableMeaning {
  std::string_view name;
  std::string_view meaning;
  // Commands that have one of these options read it; none named: all do.
  std::vector<std::string_view> options = {};
};
const std::vector<VariableMeaning>& variable_meanings();
// Those that bear upon one command.
std::vector<VariableMeaning> variable_meanings(const CommandSpec& spec);

// The command's manual page, without its section: "otelctl-config-validate".
std::string page_name(const CommandSpec& spec);

}  // namespace otelctl
