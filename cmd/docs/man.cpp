// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/docs/man.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/commands.hpp"
#include "cmd/help.hpp"
#include "cmd/parser.hpp"
#include "cmd/version.hpp"

namespace otelctl {
namespace {

// One line as roff shows it literally: backslashes and hyphens escaped, no line that begins a
// request, and what is not ASCII by its number, which needs no encoding to be agreed on.
std::string roff(std::string_view text) {
  std::string escaped = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    text.remove_prefix(next.length);
    if (next.value == U'\\') {
      escaped += "\\e";
    } else if (next.value == U'-') {
      escaped += "\\-";
    } else if (next.value >= 0x80) {
      escaped += fmt::format("\\[u{:04X}]", static_cast<std::uint32_t>(next.value));
    } else {
      escaped += static_cast<char>(next.value);
    }
  }
  return escaped;
}

// Text that roff fills, in lines of at most 80 bytes where words are not longer.
std::string filled(std::string_view text) {
  constexpr std::size_t k_width = 80;
  std::string lines;
  std::string line;
  for (const std::string_view word : split(text, ' ')) {
    const std::string longer = line.empty() ? std::string(word) : fmt::format("{} {}", line, word);
    if (!line.empty() && roff(longer).size() > k_width) {
      lines += roff(line) + '\n';
      line = word;
    } else {
      line = longer;
    }
  }
  return lines + roff(line) + '\n';
}

std::string title(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  // The date is the release's: the page must not differ from build to build.
  return fmt::format(".TH {} 1 {} \"otelctl {}\" \"otelctl\"\n", roff(upper), k_release_date,
                     k_version);
}

// Paragraphs and listings. Lines of a paragraph are put together first: they are to be filled anew.
std::string paragraphs(std::string_view description) {
  std::string text;
  std::string paragraph;
  bool was_listing = false;
  const auto flush = [&] {
    text += paragraph.empty() ? "" : (text.empty() ? "" : ".PP\n") + filled(paragraph);
    paragraph.clear();
  };
  for (const std::string_view line : split(trim(description), '\n')) {
    const bool is_listing = is_verbatim(line);
    if (is_listing != was_listing) {
      flush();
      text += is_listing ? ".PP\n.nf\n" : ".fi\n";
      was_listing = is_listing;
    }
    if (is_listing) {
      text += roff(line) + '\n';
    } else if (line.empty()) {
      flush();
    } else {
      paragraph += fmt::format("{}{}", paragraph.empty() ? "" : " ", line);
    }
  }
  flush();
  return text + (was_listing ? ".fi\n" : "");
}

std::string tagged(std::string_view tag, std::string_view text) {
  return fmt::format(".TP\n{}\n{}", tag, filled(text));
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
  bool is_first = true;
  for (const std::string_view line : split(trim(spec.examples), '\n')) {
    text += is_caption
                ? fmt::format("{}{}", is_first ? "" : ".PP\n", filled(fmt::format("{}:", line)))
                : fmt::format(".PP\n.RS 4\n.nf\n{}\n.fi\n.RE\n", roff(line));
    is_caption = !is_caption;
    is_first = false;
  }
  return text;
}

std::string exit_section(const std::vector<ExitMeaning>& exits) {
  std::string text = ".SH EXIT STATUS\n";
  for (const ExitMeaning& meaning : exits) {
    text += tagged(fmt::format("\\fB{}\\fR", meaning.status), meaning.meaning);
  }
  return text;
}

std::string environment_section(const std::vector<VariableMeaning>& variables) {
  std::string text = ".SH ENVIRONMENT\n";
  for (const VariableMeaning& variable : variables) {
    text += tagged(fmt::format("\\fB{}\\fR", variable.name), variable.meaning);
  }
  return text;
}

std::string files_section(const CommandSpec& spec) {
  std::string text = spec.files.empty() ? "" : ".SH FILES\n";
  std::string_view file;
  for (const std::string_view line : split(trim(spec.files), '\n')) {
    if (!file.empty()) {
      text += tagged(fmt::format("\\fI{}\\fR", roff(file)), line);
    }
    file = file.empty() ? line : std::string_view{};
  }
  return text;
}

// Those that answer the same question, and the one about all of them.
std::string see_also(const CommandSpec& spec) {
  std::string text = ".SH SEE ALSO\n.BR otelctl (1)";
  for (const CommandSpec& other : all_commands()) {
    if (!other.is_hidden && other.topic == spec.topic && other.name != spec.name) {
      text += fmt::format(",\n.BR {} (1)", roff(page_name(other)));
    }
  }
  return text + "\n";
}

std::string lower_first(std::string_view text) {
  return to_lower(text.substr(0, 1)) + std::string(text.substr(1));
}

// "otelctl NAME" in bold, the rest as it is.
std::string synopsis(const CommandSpec& spec) {
  const std::string name = fmt::format("otelctl {}", spec.name);
  return fmt::format(".SH SYNOPSIS\n\\fB{}\\fR{}\n", roff(name),
                     roff(usage_line(spec).substr(name.size())));
}

std::string command_page(const CommandSpec& spec) {
  const std::string name = page_name(spec);
  std::string text = title(name);
  text += fmt::format(".SH NAME\n{} \\- {}\n", roff(name), roff(lower_first(spec.summary)));
  text += synopsis(spec);
  text += ".SH DESCRIPTION\n" + paragraphs(spec.description);
  text += options_section(spec);
  text += exit_section(exit_meanings(spec));
  text += environment_section(variable_meanings(spec));
  text += files_section(spec);
  text += examples_section(spec);
  return text + see_also(spec);
}

std::string main_page() {
  std::string text = title("otelctl");
  text +=
      ".SH NAME\notelctl \\- check, reach, feed and read OpenTelemetry\n"
      ".SH SYNOPSIS\n\\fBotelctl\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n"
      ".SH DESCRIPTION\n"
      "One program that answers four questions about telemetry, in a terminal and in\nCI.\n"
      "Each command has a page of its own.\n"
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
  text += exit_section(exit_meanings()) + environment_section(variable_meanings());
  text +=
      ".SH FILES\n"
      "There is no settings file of otelctl's own. Read is what arguments, options and the\n"
      "variables above name; only config validate, when nothing is named, looks at the *.yaml\n"
      "and *.yml of the current directory.\n"
      ".SH EXAMPLES\nWhether a collector can be reached, and if not, why:\n"
      ".PP\n.RS 4\n.nf\notelctl test\\-connection \\-\\-endpoint http://localhost:4317\n.fi\n.RE\n"
      ".PP\nThe newest trace of the backend:\n"
      ".PP\n.RS 4\n.nf\notelctl show\\-trace last\n.fi\n.RE\n"
      ".SH SEE ALSO\n";
  for (const CommandSpec& spec : all_commands()) {
    if (!spec.is_hidden) {
      text += fmt::format("{}.BR {} (1)", text.ends_with(')') ? ",\n" : "", roff(page_name(spec)));
    }
  }
  return text + "\n";
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
