// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/parser.hpp"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "cmd/options.hpp"

namespace otelctl {
namespace {

void declare_global(Options& options, GlobalOptions& global) {
  options.heading("General");
  options.parsed("--color", "auto|always|never", "When to use colour (default: auto)",
                 [&global](std::string_view text) -> Result<void> {
                   const auto mode = terminal::parse_color_mode(text);
                   if (!mode) {
                     return fail(mode.error());
                   }
                   global.color = *mode;
                   return {};
                 });
  options.flag("-q,--quiet", global.is_quiet, "Say nothing but results and errors");
  options.flag("-v,--verbose", global.is_verbose, "Say more about what is done and why");
}

bool is_option(std::string_view arg) {
  return arg.size() > 1 && arg.front() == '-';
}

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

// As CLI11 itself tells flags from other options.
bool takes_value(const CLI::Option& option) {
  return option.get_items_expected_max() != 0;
}

// CLI11 takes "--name=" for "--name", whose value would be the next word: the empty value becomes a
// word of its own.
std::vector<std::string> with_empty_values(const CLI::App& app,
                                           const std::vector<std::string>& args) {
  std::vector<std::string> words;
  bool is_value = false;
  bool has_ended = false;  // "--" came
  for (const std::string& arg : args) {
    words.push_back(arg);
    has_ended = has_ended || (!is_value && arg == "--");
    if (is_value || has_ended || !is_option(arg)) {
      is_value = false;
      continue;
    }
    const std::size_t equals = arg.find('=');
    const CLI::Option* option = app.get_option_no_throw(arg.substr(0, equals));
    const bool has_value = option != nullptr && takes_value(*option);
    is_value = has_value && equals == std::string::npos;
    if (has_value && arg.starts_with("--") && equals + 1 == arg.size()) {
      words.back().pop_back();
      words.emplace_back();
    }
  }
  return words;
}

// CLI11 lists the "--" that ends the options with what it does not know.
std::vector<std::string> surplus_of(const CLI::App& app) {
  auto surplus = app.remaining();
  const auto mark = std::find(surplus.begin(), surplus.end(), "--");
  if (mark != surplus.end()) {
    surplus.erase(mark);
  }
  return surplus;
}

Error unexpected(const CommandSpec& spec, const CLI::App& app, const std::string& arg) {
  const std::string help = fmt::format("see 'otelctl {} --help'", spec.name);
  if (!is_option(arg)) {
    return {ErrorKind::usage, fmt::format("unexpected argument '{}'", arg), help};
  }
  const std::string name = arg.substr(0, arg.find('='));
  auto names = long_names(app);
  names.emplace_back("--help");
  const std::string near = did_you_mean(name, names);
  return {ErrorKind::usage, fmt::format("unknown option '{}'", name), near.empty() ? help : near};
}

// "as in: otelctl show-trace last; see ...": the first example says more than a name in capitals.
std::string hint_by_example(const CommandSpec& spec) {
  const auto lines = split(trim(spec.examples), '\n');
  const std::string help = fmt::format("see 'otelctl {} --help'", spec.name);
  return lines.size() < 2 ? help : fmt::format("as in: {}; {}", lines[1], help);
}

// CLI11's own words for the few cases that our readers do not see: a value or an argument missing.
Error translated(const CommandSpec& spec, const CLI::ParseError& error) {
  if (const auto* missing = dynamic_cast<const CLI::RequiredError*>(&error)) {
    const std::string what(missing->what());
    return {ErrorKind::usage, fmt::format("missing {}", split(what, ' ').front()),
            hint_by_example(spec)};
  }
  std::string message = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    message = fmt::format("{} needs a value", split(message, ':').front());
  }
  return {ErrorKind::usage, message, fmt::format("see 'otelctl {} --help'", spec.name)};
}

OptionFacts facts_of(const CLI::Option& option, const Options& options) {
  OptionFacts facts;
  facts.is_positional = option.get_positional();
  if (facts.is_positional) {
    facts.names.push_back(option.get_type_name());
  }
  for (const std::string& name : option.get_snames()) {
    facts.names.push_back("-" + name);
  }
  for (const std::string& name : option.get_lnames()) {
    facts.names.push_back("--" + name);
  }
  facts.placeholder = takes_value(option) ? option.get_type_name() : "";
  facts.description = option.get_description();
  facts.source = options.source_of(option);
  facts.heading = option.get_group();
  facts.is_required = option.get_required();
  facts.is_repeatable = option.get_multi_option_policy() == CLI::MultiOptionPolicy::Throw &&
                        option.get_expected_max() > 1;
  return facts;
}

}  // namespace

std::vector<std::string> OptionFacts::choices() const {
  std::vector<std::string> values;
  if (placeholder.find('|') == std::string::npos) {
    return values;
  }
  for (const std::string_view part : split(placeholder, '|')) {
    if (std::any_of(part.begin(), part.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
      values.emplace_back(part);
    }
  }
  return values;
}

namespace {

// `command` may be nullptr.
std::vector<OptionFacts> describe(Command* command) {
  CLI::App app;
  app.set_help_flag();
  Options options(app);
  if (command != nullptr) {
    command->declare(options);
  }
  GlobalOptions global;
  declare_global(options, global);
  std::vector<OptionFacts> facts;
  facts.reserve(app.get_options().size() + 1);
  for (const CLI::Option* option : app.get_options()) {
    facts.push_back(facts_of(*option, options));
  }
  facts.push_back({.names = {"-h", "--help"},
                   .placeholder = "",
                   .description = "Show this help",
                   .heading = "General"});
  return facts;
}

}  // namespace

std::vector<OptionFacts> describe_options(const CommandSpec& spec) {
  return describe(spec.make().get());
}

std::vector<OptionFacts> general_options() {
  return describe(nullptr);
}

std::size_t count_own_arguments(const CommandSpec& spec, const std::vector<std::string>& args) {
  if (!spec.runs_program) {
    return args.size();
  }
  const auto options = describe_options(spec);
  const auto awaits_value = [&](const std::string& arg) {
    return std::any_of(options.begin(), options.end(), [&](const OptionFacts& option) {
      return !option.placeholder.empty() &&
             std::find(option.names.begin(), option.names.end(), arg) != option.names.end();
    });
  };
  std::size_t count = 0;
  while (count < args.size() && is_option(args[count]) && args[count] != "--") {
    count += awaits_value(args[count]) ? std::size_t{2} : std::size_t{1};
  }
  return std::min(count, args.size());
}

Result<void> bind_options(const std::function<void(Options&)>& declare,
                          const std::vector<std::string>& args) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  Options options(app);
  declare(options);
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::ParseError& error) {
    return fail(options.error() ? *options.error() : Error{ErrorKind::usage, error.what()});
  }
  return {};
}

Result<Parsed> parse_arguments(const CommandSpec& spec, const std::vector<std::string>& args,
                               std::vector<std::string> program) {
  CLI::App app;
  app.set_help_flag();
  // Unknown arguments are collected rather than thrown: CLI11's message does not name what is near.
  app.allow_extras();
  Parsed parsed{spec.make(), {}};
  Options options(app);
  parsed.command->declare(options);
  declare_global(options, parsed.global);
  options.take_program(std::move(program));
  std::vector<std::string> words = with_empty_values(app, args);
  std::reverse(words.begin(), words.end());
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    // What was not understood comes first: a misspelt option often causes the other complaint.
    const auto surplus = surplus_of(app);
    if (!surplus.empty() && !options.error()) {
      return fail(unexpected(spec, app, surplus.front()));
    }
    return fail(options.error() ? *options.error() : translated(spec, error));
  }
  const auto surplus = surplus_of(app);
  if (!surplus.empty()) {
    return fail(unexpected(spec, app, surplus.front()));
  }
  return parsed;
}

}  // namespace otelctl
