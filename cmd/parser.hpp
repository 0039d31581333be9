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
#include "cmd/options.hpp"
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

  ValueSource source = nullptr;  // of Options::completes

  // The values of a placeholder "a|b|c", without parts in capitals, which stand for any; none
  // otherwise.
  std::vector<std::string> choices() const;
  // Whether a value is a list with commas: "CODE,...".
  bool is_list() const { return placeholder.find(',') != std::string::npos; }
  bool takes_value() const { return !placeholder.empty(); }
};

std::vector<OptionFacts> describe_options(const CommandSpec& spec);
// Those that every command has, and that may stand before its name.
std::vector<OptionFacts> general_options();

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

// Binds only what `declare` declares, of arguments of the form "--name=value"; what it does not
// know is left out. Error kind usage.
Result<void> bind_options(const std::function<void(Options&)>& declare,
                          const std::vector<std::string>& args);

}  // namespace otelctl
