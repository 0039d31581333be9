// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cmd/command.hpp"
#include "terminal/terminal.hpp"

namespace otelctl {

// The options that every command has.
struct GlobalOptions {
  terminal::ColorMode color = terminal::ColorMode::automatic;
  bool is_quiet = false;
  bool is_verbose = false;
};

// What help, man pages and completions need to know of an option: read off the CLI11 tree, so they
// cannot differ from what is parsed.
struct OptionFacts {
  std::vector<std::string> names;  // "-o", "--output"; of an argument the placeholder
  std::string placeholder;         // empty for a flag
  std::string description;
  std::string heading;
  bool is_positional = false;
  bool is_required = false;
  bool is_repeatable = false;

  std::vector<std::string> suggestions = {};  // of Options::suggest

  // The suggestions, or the values of a placeholder "a|b|c"; none otherwise.
  std::vector<std::string> choices() const;
};

std::vector<OptionFacts> describe_options(const CommandSpec& spec);

// How many of `args` (what follows the command's name) are otelctl's: all, but for a command that
// runs a program, whose command line begins at "--" or at the first argument that is neither an
// option nor an option's value.
std::size_t count_own_arguments(const CommandSpec& spec, const std::vector<std::string>& args);

// Binds `args` (what follows the command's name) to a new instance of the command, and `program` to
// one that runs it. Error kind usage: unknown options and surplus arguments name what is near.
struct Parsed {
  std::unique_ptr<Command> command;
  GlobalOptions global;
};
Result<Parsed> parse_arguments(const CommandSpec& spec, const std::vector<std::string>& args,
                               std::vector<std::string> program = {});

}  // namespace otelctl
