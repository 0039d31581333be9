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

OptionFacts facts_of(const CLI::Option& option) {
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
  facts.placeholder = option.get_type_size() == 0 ? "" : option.get_type_name();
  facts.description = option.get_description();
  // Nothing else uses CLI11's own text for help.
  if (const std::string& words = option.get_option_text(); !words.empty()) {
    for (const std::string_view word : split(words, '|')) {
      facts.suggestions.emplace_back(word);
    }
  }
  facts.heading = option.get_group();
  facts.is_required = option.get_required();
  facts.is_repeatable = option.get_multi_option_policy() == CLI::MultiOptionPolicy::Throw &&
                        option.get_expected_max() > 1;
  return facts;
}

}  // namespace

std::vector<std::string> OptionFacts::choices() const {
  std::vector<std::string> values = suggestions;
  if (values.empty() && placeholder.find('|') != std::string::npos) {
    for (const std::string_view part : split(placeholder, '|')) {
      values.emplace_back(part);
    }
  }
  return values;
}

std::vector<OptionFacts> describe_options(const CommandSpec& spec) {
  CLI::App app;
  app.set_help_flag();
  Options options(app);
  const auto command = spec.make();
  command->declare(options);
  GlobalOptions global;
  declare_global(options, global);
  std::vector<OptionFacts> facts;
  facts.reserve(app.get_options().size() + 1);
  for (const CLI::Option* option : app.get_options()) {
    facts.push_back(facts_of(*option));
  }
  facts.push_back({.names = {"-h", "--help"},
                   .placeholder = "",
                   .description = "Show this help",
                   .heading = "General"});
  return facts;
}

std::size_t count_own_arguments(const CommandSpec& spec, const std::vector<std::string>& args) {
  if (!spec.runs_program) {
    return args.size();
  }
  const auto options = describe_options(spec);
  const auto takes_value = [&](const std::string& arg) {
    return std::any_of(options.begin(), options.end(), [&](const OptionFacts& option) {
      return !option.placeholder.empty() &&
             std::find(option.names.begin(), option.names.end(), arg) != option.names.end();
    });
  };
  std::size_t count = 0;
  while (count < args.size() && is_option(args[count]) && args[count] != "--") {
    count += takes_value(args[count]) ? std::size_t{2} : std::size_t{1};
  }
  return std::min(count, args.size());
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
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::ParseError& error) {
    // What was not understood comes first: a misspelt option often causes the other complaint.
    const auto surplus = app.remaining();
    if (!surplus.empty() && !options.error()) {
      return fail(unexpected(spec, app, surplus.front()));
    }
    return fail(options.error() ? *options.error() : translated(spec, error));
  }
  auto surplus = app.remaining();
  // CLI11 hands on the mark behind which arguments may begin with a dash.
  if (const auto mark = std::find(surplus.begin(), surplus.end(), "--"); mark != surplus.end()) {
    surplus.erase(mark);
  }
  if (!surplus.empty()) {
    return fail(unexpected(spec, app, surplus.front()));
  }
  return parsed;
}

}  // namespace otelctl
