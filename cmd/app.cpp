// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/app.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/help.hpp"
#include "cmd/parser.hpp"

namespace otelctl {
namespace {

using Words = std::vector<std::string>;

// What the command line asks for: a command and its arguments, and the program that it is to run.
struct Invocation {
  const CommandSpec* command = nullptr;
  Words args = {};
  Words program = {};
};

bool is_option(std::string_view arg) {
  return arg.size() > 1 && arg.front() == '-';
}

bool names_option(const OptionFacts& option, std::string_view name) {
  return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
}

// Of an option before the command's name: an option means the same in every command that has it.
bool takes_value(std::string_view name) {
  if (name == "--color") {
    return true;
  }
  for (const CommandSpec& spec : all_commands()) {
    const auto options = describe_options(spec);
    const auto found = std::find_if(options.begin(), options.end(), [&](const OptionFacts& option) {
      return !option.is_positional && names_option(option, name);
    });
    if (found != options.end()) {
      return !found->placeholder.empty();
    }
  }
  return false;
}

// Options may stand before the command's name: they move behind it.
Words take_leading_options(Words& words) {
  Words leading;
  while (!words.empty() && is_option(words.front())) {
    const std::size_t count = takes_value(words.front()) && words.size() > 1 ? 2 : 1;
    const auto end = words.begin() + static_cast<std::ptrdiff_t>(count);
    leading.insert(leading.end(), words.begin(), end);
    words.erase(words.begin(), end);
  }
  return leading;
}

// Takes off what belongs to the program that a command runs: its --help is not otelctl's.
Words take_program(Words& words) {
  Words behind = words;
  take_leading_options(behind);
  const CommandSpec* command = behind.empty() ? nullptr : find_spec(behind.front());
  if (command == nullptr || !command->runs_program) {
    return {};
  }
  behind.erase(behind.begin());
  const std::size_t own = count_own_arguments(*command, behind);
  words.resize(words.size() - (behind.size() - own));
  Words program(behind.begin() + static_cast<std::ptrdiff_t>(own), behind.end());
  if (!program.empty() && program.front() == "--") {
    program.erase(program.begin());
  }
  return program;
}

// Help wins over everything else that may be wrong with the line; behind "--" it belongs to others.
bool asks_for_help(const Words& args) {
  const auto end = std::find(args.begin(), args.end(), "--");
  return std::any_of(args.begin(), end,
                     [](const std::string& arg) { return arg == "-h" || arg == "--help"; });
}

// SARIF is JSON too: its reader can tell by the schema that there is no report.
bool is_json_format(std::string_view format) {
  return format == "json" || format == "sarif";
}

bool wants_json(const Words& args) {
  constexpr std::string_view k_joined = "--format=";
  for (std::size_t index = 0; index < args.size() && args[index] != "--"; ++index) {
    const std::string_view arg = args[index];
    if (arg.starts_with(k_joined) && is_json_format(arg.substr(k_joined.size()))) {
      return true;
    }
    if (arg == "--format" && index + 1 < args.size() && is_json_format(args[index + 1])) {
      return true;
    }
  }
  return false;
}

std::string names_in_group(const std::string& group) {
  std::vector<std::string> names;
  for (const std::string& name : known_names()) {
    if (name.starts_with(group + " ")) {
      names.push_back(name.substr(group.size() + 1));
    }
  }
  return join(names, ", ");
}

Error unknown_command(const std::string& name) {
  std::string hint = hint_for_unknown(name);
  return {ErrorKind::usage, fmt::format("unknown command '{}'", name),
          hint.empty() ? "see 'otelctl --help'" : std::move(hint)};
}

Result<Invocation> find_command(Words words) {
  Words leading = take_leading_options(words);
  if (words.empty()) {
    return fail(ErrorKind::usage,
                leading.empty() ? "no command given"
                                : fmt::format("'{}' stands without a command", leading.front()),
                "see 'otelctl --help'");
  }
  std::string name = words.front();
  words.erase(words.begin());
  if (is_command_group(name)) {
    if (words.empty() || is_option(words.front())) {
      return fail(ErrorKind::usage, fmt::format("'{}' needs a command behind it", name),
                  fmt::format("one of {}; see 'otelctl {} --help'", names_in_group(name), name));
    }
    name += " " + words.front();
    words.erase(words.begin());
  }
  const CommandSpec* command = find_spec(name);
  if (command == nullptr) {
    return fail(unknown_command(name));
  }
  leading.insert(leading.end(), words.begin(), words.end());
  return Invocation{command, std::move(leading), {}};
}

// `otelctl --help`, `otelctl config --help` and `otelctl COMMAND --help`, whatever else is wrong.
std::optional<std::string> help_for(Words words) {
  if (!asks_for_help(words)) {
    return std::nullopt;
  }
  take_leading_options(words);
  if (words.empty()) {
    return overview();
  }
  if (is_command_group(words.front()) && words.size() > 1 && !is_option(words[1])) {
    words.front() += " " + words[1];
  }
  if (is_command_group(words.front())) {
    return group_help(words.front());
  }
  const CommandSpec* command = find_spec(words.front());
  return command == nullptr ? std::nullopt : std::optional(command_help(*command));
}

Exit exit_after(const Error& error, Context& context) {
  const auto signal = context.signals().received();
  return signal && error.kind == ErrorKind::interrupted ? exit_of_signal(*signal)
                                                        : exit_of(error.kind);
}

int finish_with_error(const Error& error, const Words& args, Context& context) {
  const Exit status = exit_after(error, context);
  if (wants_json(args) && !context.has_shown_result()) {
    JsonWriter json(context.out());
    json.begin_object().member("schema", "otelctl.error/1").key("error").begin_object();
    json.member("kind", name_of(error.kind)).member("message", error.message);
    json.member("hint", hint_of(error)).end_object();
    json.member("exit_code", static_cast<int>(status)).end_object();
  }
  context.print_error(error);
  return static_cast<int>(status);
}

int run_command(const Invocation& invocation, Context& context) {
  auto parsed = parse_arguments(*invocation.command, invocation.args, invocation.program);
  if (!parsed) {
    return finish_with_error(parsed.error(), invocation.args, context);
  }
  context.set_global(parsed->global);
  const auto exit = parsed->command->run(context);
  if (!exit) {
    return finish_with_error(exit.error(), invocation.args, context);
  }
  return static_cast<int>(*exit);
}

int run_words(Words words, Context& context) {
  Words program = take_program(words);
  if (const auto help = help_for(words)) {
    context.out() << *help;
    return static_cast<int>(Exit::ok);
  }
  // What people try first.
  if (words.empty()) {
    context.out() << overview();
    return static_cast<int>(Exit::ok);
  }
  if (words.front() == "--version" || words.front() == "-V") {
    words.front() = "version";
  }
  auto invocation = find_command(words);
  if (!invocation) {
    return finish_with_error(invocation.error(), words, context);
  }
  invocation->program = std::move(program);
  return run_command(*invocation, context);
}

}  // namespace

int run_app(const std::vector<std::string>& args, Context& context) {
  try {
    return run_words(args, context);
  } catch (const std::exception& error) {
    // Expected failures are values: whatever is thrown up to here nobody has foreseen.
    return finish_with_error(
        {ErrorKind::internal, fmt::format("unexpected failure: {}", error.what()), {}}, args,
        context);
  }
}

}  // namespace otelctl
