// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/docs/man.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/commands.hpp"
#include "cmd/help.hpp"
#include "cmd/parser.hpp"
#include "cmd/version.hpp"

namespace otelctl {
namespace {

// Text as roff shows it literally: backslashes and hyphens escaped, no line that begins a request.
std::string roff(std::string_view text) {
  std::string escaped;
  bool is_line_start = true;
  for (const char c : text) {
    if (is_line_start && (c == '.' || c == '\'')) {
      escaped += "\\&";
    }
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else {
      escaped += c;
    }
    is_line_start = c == '\n';
  }
  return escaped;
}

std::string title(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  // No date: the page must not differ from build to build.
  return fmt::format(".TH {} 1 \"\" \"otelctl {}\" \"otelctl\"\n", roff(upper), k_version);
}

std::string paragraphs(std::string_view description) {
  std::string text;
  bool was_listing = false;
  for (const std::string_view line : split(trim(description), '\n')) {
    const bool is_listing = is_verbatim(line);
    if (is_listing != was_listing) {
      text += is_listing ? ".PP\n.nf\n" : ".fi\n";
      was_listing = is_listing;
    }
    text += line.empty() ? std::string(".PP\n") : roff(line) + "\n";
  }
  text += was_listing ? ".fi\n" : "";
  return text;
}

std::string tagged(std::string_view tag, std::string_view text) {
  return fmt::format(".TP\n{}\n{}\n", tag, roff(text));
}

std::string option_tag(const OptionFacts& option) {
  if (option.is_positional) {
    return fmt::format("\\fI{}\\fR", roff(option.placeholder));
  }
  std::string tag;
  for (const std::string& name : option.names) {
    tag += fmt::format("{}\\fB{}\\fR", tag.empty() ? "" : ", ", roff(name));
  }
  return option.placeholder.empty() ? tag
                                    : fmt::format("{} \\fI{}\\fR", tag, roff(option.placeholder));
}

std::string options_section(const CommandSpec& spec) {
  std::string text = ".SH OPTIONS\n";
  std::string heading;
  for (const OptionFacts& option : describe_options(spec)) {
    if (option.heading != heading) {
      heading = option.heading;
      text += fmt::format(".SS {}\n", roff(heading));
    }
    text += tagged(option_tag(option), option.description);
  }
  return text;
}

std::string examples_section(const CommandSpec& spec) {
  if (spec.examples.empty()) {
    return {};
  }
  std::string text = ".SH EXAMPLES\n";
  bool is_caption = true;
  for (const std::string_view line : split(trim(spec.examples), '\n')) {
    text += is_caption ? fmt::format(".PP\n{}:\n", roff(line))
                       : fmt::format(".PP\n.RS 4\n.nf\n{}\n.fi\n.RE\n", roff(line));
    is_caption = !is_caption;
  }
  return text;
}

std::string common_sections(const std::vector<ExitMeaning>& exits,
                            const std::vector<VariableMeaning>& variables) {
  std::string text = ".SH EXIT STATUS\n";
  for (const ExitMeaning& meaning : exits) {
    text += tagged(fmt::format("\\fB{}\\fR", meaning.status), meaning.meaning);
  }
  text += ".SH ENVIRONMENT\n";
  for (const VariableMeaning& variable : variables) {
    text += tagged(fmt::format("\\fB{}\\fR", variable.name), variable.meaning);
  }
  return text;
}

std::string command_page(const CommandSpec& spec) {
  const std::string name = page_name(spec);
  std::string text = title(name);
  text += fmt::format(".SH NAME\n{} \\- {}\n", roff(name), roff(spec.summary));
  text += fmt::format(".SH SYNOPSIS\n\\fB{}\\fR\n", roff(usage_line(spec)));
  text += ".SH DESCRIPTION\n" + paragraphs(spec.description);
  text += options_section(spec);
  text += examples_section(spec);
  text += common_sections(exit_meanings(spec), variable_meanings(spec));
  return text + ".SH SEE ALSO\n.BR otelctl (1)\n";
}

std::string main_page() {
  std::string text = title("otelctl");
  text +=
      ".SH NAME\notelctl \\- check, reach, feed and read OpenTelemetry\n"
      ".SH SYNOPSIS\n\\fBotelctl\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n"
      ".SH DESCRIPTION\n"
      "One program that answers four questions about telemetry, in a terminal and in CI.\n"
      ".SH COMMANDS\n";
  std::string_view topic;
  for (const CommandSpec& spec : all_commands()) {
    if (spec.is_hidden) {
      continue;
    }
    if (spec.topic != topic) {
      topic = spec.topic;
      text += fmt::format(".SS {}\n", roff(topic));
    }
    text += tagged(fmt::format("\\fB{}\\fR(1)", roff(page_name(spec))), spec.summary);
  }
  text += common_sections(exit_meanings(), variable_meanings());
  text +=
      ".SH FILES\n"
      "There is no settings file of otelctl's own. Read is what arguments, options and the "
      "variables above name; only config validate, when nothing is named, looks at the *.yaml and "
      "*.yml of the current directory.\n"
      ".SH EXAMPLES\n.PP\nA backend to try with, a trace sent to it, and what became of that:\n"
      ".PP\n.RS 4\n.nf\notelctl serve &\notelctl send\\-spans\notelctl show\\-trace last\n"
      ".fi\n.RE\n";
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> man_pages() {
  std::vector<std::pair<std::string, std::string>> pages{{"otelctl.1", main_page()}};
  for (const CommandSpec& spec : all_commands()) {
    if (!spec.is_hidden) {
      pages.emplace_back(page_name(spec) + ".1", command_page(spec));
    }
  }
  return pages;
}

}  // namespace otelctl
