// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/help.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "cmd/commands.hpp"
#include "cmd/parser.hpp"
#include "terminal/width.hpp"

namespace otelctl {
namespace {

constexpr std::size_t k_width = 80;
// Where descriptions of options begin; a longer name puts its description on the next line.
constexpr std::size_t k_column = 30;
// Among the names of options: the command line of another program.
constexpr std::string_view k_program = "COMMAND";

// "  name            text", the text wrapped within 80 columns.
std::string entry(std::string_view name, std::string_view text, std::size_t column) {
  std::string lines = "  " + std::string(name);
  if (terminal::display_width(lines) + 2 > column) {
    lines += '\n';
  } else {
    lines = terminal::pad_right(lines, column);
  }
  const std::string wrapped = terminal::wrap(text, k_width, column);
  return lines + (lines.back() == '\n' ? wrapped : wrapped.substr(column)) + '\n';
}

// Choices that do not fit into a line go on below the first.
std::string break_choices(std::string_view names) {
  constexpr std::size_t k_left = 2;
  constexpr std::size_t k_indent = 10;
  std::string lines;
  std::size_t used = k_left;
  while (!names.empty()) {
    const std::string_view part = names.substr(0, names.find('|') + 1);
    const std::string_view next = part.empty() ? names : part;
    if (used + next.size() > k_width) {
      lines += '\n' + std::string(k_indent, ' ');
      used = k_indent;
    }
    lines += next;
    used += next.size();
    names.remove_prefix(next.size());
  }
  return lines;
}

std::string option_names(const OptionFacts& option) {
  if (option.is_positional) {
    return option.placeholder;
  }
  std::string names = join(option.names, ", ");
  if (option.names.front().starts_with("--")) {
    names = "    " + names;
  }
  return option.placeholder.empty() ? names : break_choices(names + " " + option.placeholder);
}

std::vector<std::string> headings_of(const std::vector<OptionFacts>& options) {
  std::vector<std::string> headings;
  for (const OptionFacts& option : options) {
    if (std::find(headings.begin(), headings.end(), option.heading) == headings.end()) {
      headings.push_back(option.heading);
    }
  }
  return headings;
}

std::string options_help(const CommandSpec& spec) {
  std::string text;
  const auto options = describe_options(spec);
  for (const std::string& heading : headings_of(options)) {
    text += fmt::format("\n{}:\n", heading);
    for (const OptionFacts& option : options) {
      if (option.heading == heading) {
        text += entry(option_names(option), option.description, k_column);
      }
    }
  }
  return text;
}

// The first few, as lines that can be copied whole: a shell takes the captions for comments. Manual
// pages have all of them.
std::string examples_help(const CommandSpec& spec) {
  constexpr std::size_t k_most_lines = 6;
  if (spec.examples.empty()) {
    return {};
  }
  std::string text = "\nExamples:\n";
  const auto lines = split(trim(spec.examples), '\n');
  for (std::size_t index = 0; index < std::min(lines.size(), k_most_lines); ++index) {
    text += fmt::format("  {}{}\n", index % 2 == 0 ? "# " : "", lines[index]);
  }
  return text;
}

std::string environment_help(const CommandSpec& spec) {
  std::string text = "\nEnvironment variables:\n";
  for (const VariableMeaning& variable : variable_meanings(spec)) {
    text += entry(variable.name, variable.meaning, k_column);
  }
  return text;
}

std::string paragraphs(std::string_view description) {
  std::string text;
  std::string paragraph;
  const auto flush = [&] {
    if (!paragraph.empty()) {
      text += (text.empty() ? "" : "\n") + terminal::wrap(paragraph, k_width) + '\n';
      paragraph.clear();
    }
  };
  for (const std::string_view line : split(trim(description), '\n')) {
    if (line.empty() || is_verbatim(line)) {
      const bool is_first = is_verbatim(line) && !paragraph.empty();
      flush();
      text += line.empty() ? "" : (is_first ? "\n" : "") + std::string(line) + '\n';
    } else {
      paragraph += (paragraph.empty() ? "" : " ") + std::string(line);
    }
  }
  flush();
  return text;
}

std::string list_commands(std::string_view topic, std::string_view prefix) {
  std::string text;
  for (const CommandSpec& spec : all_commands()) {
    if (!spec.is_hidden && spec.topic == topic && spec.name.starts_with(prefix)) {
      text += entry(spec.name, spec.summary, 21);
    }
  }
  return text.empty() ? text : fmt::format("\n{}\n{}", topic, text);
}

std::string all_topics(std::string_view prefix) {
  std::string text;
  for (const std::string_view topic :
       {topic::k_config, topic::k_connect, topic::k_send, topic::k_read, topic::k_more}) {
    text += list_commands(topic, prefix);
  }
  return text;
}

}  // namespace

const CommandSpec* find_spec(std::string_view name) {
  const auto& commands = all_commands();
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const CommandSpec& spec) { return spec.name == name; });
  return found == commands.end() ? nullptr : &*found;
}

std::vector<std::string> known_names() {
  std::vector<std::string> names;
  for (const CommandSpec& spec : all_commands()) {
    const std::string group(spec.name.substr(0, spec.name.find(' ')));
    if (spec.is_hidden) {
      continue;
    }
    if (group != spec.name && std::find(names.begin(), names.end(), group) == names.end()) {
      names.push_back(group);
    }
    names.emplace_back(spec.name);
  }
  return names;
}

std::string hint_for_unknown(const std::string& name) {
  const auto known = known_names();
  if (std::string near = did_you_mean(name, known); !near.empty()) {
    return near;
  }
  std::vector<std::string> having;
  for (const std::string& candidate : known) {
    for (const std::string_view part :
         split(candidate, candidate.find(' ') == std::string::npos ? '-' : ' ')) {
      if (part == name) {
        having.push_back(fmt::format("'{}'", candidate));
      }
    }
  }
  return having.empty() ? std::string{} : fmt::format("did you mean {}?", join(having, " or "));
}

bool is_command_group(std::string_view word) {
  const std::string prefix = std::string(word) + " ";
  const auto& commands = all_commands();
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CommandSpec& spec) { return spec.name.starts_with(prefix); });
}

std::string usage_line(const CommandSpec& spec) {
  std::string line = fmt::format("otelctl {}", spec.name);
  std::string arguments;
  bool has_options = false;
  for (const OptionFacts& option : describe_options(spec)) {
    if (!option.is_positional) {
      has_options = true;
    } else {
      arguments += option.is_required ? fmt::format(" {}", option.placeholder)
                                      : fmt::format(" [{}]", option.placeholder);
    }
  }
  return line + (has_options ? " [OPTION]..." : "") + arguments;
}

std::string overview() {
  std::string text =
      "otelctl checks, reaches, feeds and reads OpenTelemetry, in a terminal and in CI.\n\n"
      "Usage: otelctl COMMAND [OPTION]...\n\n"
      "Examples:\n"
      "  # A backend to try with, a trace sent to it, and what became of that\n"
      "  otelctl serve &\n"
      "  otelctl send-spans\n"
      "  otelctl show-trace last\n";
  text += all_topics("");
  text +=
      "\nWithout options, commands follow the OTEL_* environment variables.\n"
      "'otelctl help COMMAND' tells about one command: its options, examples, variables\n"
      "and exit statuses. 'man otelctl' is the manual.\n";
  return text;
}

std::string group_help(std::string_view group) {
  return fmt::format(
             "The commands of otelctl that begin with '{0}'.\n\n"
             "Usage: otelctl {0} COMMAND [OPTION]...\n",
             group) +
         all_topics(std::string(group) + " ") +
         fmt::format("\n'otelctl help {} COMMAND' tells about one of them.\n", group);
}

// In the order in which it is looked for: what it does, how it is called, what people mostly want,
// and only then the whole story.
std::string command_help(const CommandSpec& spec) {
  std::string text = fmt::format("{}.\n\nUsage: {}\n", spec.summary, usage_line(spec));
  text += examples_help(spec);
  text += "\n" + paragraphs(spec.description);
  text += options_help(spec);
  text += environment_help(spec);
  text += "\nExit status:\n";
  for (const ExitMeaning& meaning : exit_meanings(spec)) {
    text +=
        entry(fmt::format("{:>3}", meaning.status), meaning.meaning, spec.runs_program ? 11 : 8);
  }
  return text + fmt::format("\nMore: man {}\n", page_name(spec));
}

const std::vector<ExitMeaning>& exit_meanings() {
  static const std::vector<ExitMeaning> meanings{
      {"0", "done, and the verdict is good"},
      {"1", "done, and the verdict is bad: findings, something rejected, lost or different"},
      {"2", "usage: bad option, bad value, unreadable or invalid settings"},
      {"3", "not reachable: DNS, TCP, TLS, timeout, unavailable"},
      {"4", "refused: authentication or authorisation"},
      {"5", "not understood: wrong port, wrong protocol, not OTLP, not a query API"},
      {"6", "not seen: the trace does not exist or did not appear in time"},
      {"70", "a bug in otelctl"},
      {"130", "interrupted (143 by SIGTERM, 129 by SIGHUP)"},
  };
  return meanings;
}

const std::vector<ExitMeaning>& exit_meanings(const CommandSpec& spec) {
  static const std::vector<ExitMeaning> of_program{
      {"2", "usage: bad option, bad value; the command was not run"},
      {"126", "the command was found and cannot be run"},
      {"127", "the command was not found"},
      {"128+N", "the command was killed by signal N"},
      {"others", "those of the command itself"},
  };
  return spec.runs_program ? of_program : exit_meanings();
}

const std::vector<VariableMeaning>& variable_meanings() {
  static const std::vector<VariableMeaning> meanings{
      {"OTEL_*",
       "As the OpenTelemetry specification says: endpoint, protocol, headers, "
       "certificates, timeout, service name and resource attributes.",
       {"--endpoint", "--no-env"}},
      {"TRACEPARENT, TRACESTATE",
       "The span that a command run by exec belongs to; exec gives the "
       "command its own.",
       {k_program}},
      {"JOB_COMPLETION_INDEX, OTELCTL_SHARDS",
       "The part of the run that send-* send, as --shard INDEX/SHARDS; Kubernetes "
       "sets the first in an Indexed Job.",
       {"--shard"}},
      {"OTELCTL_BACKEND", "The query API to read traces from, as --backend.", {"--backend"}},
      {"http_proxy, https_proxy, all_proxy, grpc_proxy, no_proxy",
       "Proxies to go through, and what goes past them; https_proxy, all_proxy and no_proxy in "
       "upper case too. Addresses of this machine always go past them.",
       {"--endpoint", "--backend"}},
      {"OTELCTL_PAGER, PAGER",
       "What shows text that is taller than the terminal; the first that is set "
       "counts, an empty one is no pager.",
       {"--no-pager"}},
      {"NO_COLOR", "Any value but an empty one turns colour off."},
      {"CLICOLOR_FORCE", "Any value but 0 turns colour on."},
      {"COLUMNS", "The width to draw in where no terminal tells it.", {"--width"}},
      {"TERM, COLORTERM, LC_ALL, LC_CTYPE, LANG",
       "What the terminal can show: colours, and characters beside ASCII.",
       {"--width"}},
  };
  return meanings;
}

std::vector<VariableMeaning> variable_meanings(const CommandSpec& spec) {
  const auto options = describe_options(spec);
  const auto has = [&](std::string_view name) {
    return std::any_of(options.begin(), options.end(), [&](const OptionFacts& option) {
      return option.names.back() == name || (name == k_program && spec.runs_program);
    });
  };
  std::vector<VariableMeaning> meanings;
  for (const VariableMeaning& each : variable_meanings()) {
    if (each.options.empty() || std::any_of(each.options.begin(), each.options.end(), has)) {
      meanings.push_back(each);
    }
  }
  return meanings;
}

std::string page_name(const CommandSpec& spec) {
  std::string name = fmt::format("otelctl-{}", spec.name);
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

}  // namespace otelctl
