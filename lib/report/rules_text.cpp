// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/rules.hpp"
#include "terminal/style.hpp"
#include "terminal/table.hpp"
#include "terminal/width.hpp"

namespace otelctl::report {
namespace {

std::string kind_names(const config::Rule& rule) {
  std::vector<std::string> names;
  for (const config::Kind kind : config::k_kinds) {
    if (rule.kinds.contains(kind)) {
      names.emplace_back(config::name_of(kind));
    }
  }
  return names.size() == config::k_kinds.size() ? "all" : join(names, ", ");
}

std::string indented(std::string_view text) {
  std::string lines;
  for (const std::string_view line : split(text.substr(0, text.find_last_not_of('\n') + 1), '\n')) {
    lines += fmt::format("    {}\n", line);
  }
  return lines;
}

}  // namespace

void write_rules_text(std::ostream& out) {
  constexpr std::size_t k_any_width = 10000;
  terminal::Table table({"CODE", "SEVERITY", "FIX", "KINDS", "SUMMARY"});
  for (const config::Rule& rule : config::all_rules()) {
    table.add_row({std::string(rule.code), std::string(config::name_of(rule.severity)),
                   rule.is_fixable ? "*" : "", kind_names(rule), std::string(rule.summary)});
  }
  // The last column may be wider than the terminal: nothing of it is cut, for grep's sake.
  out << table.render(k_any_width);
}

void write_rule_text(std::ostream& out, const config::Rule& rule,
                     const terminal::Terminal& terminal) {
  constexpr std::size_t k_widest = 100;
  const std::size_t width = std::min(terminal.width, k_widest);
  const terminal::Style style(terminal.colour);
  const auto wrapped = [&](std::string_view text) { return terminal::wrap(text, width); };
  out << style.bold(fmt::format("{} {}", rule.code, rule.name)) << ": "
      << config::name_of(rule.severity) << (rule.is_fixable ? ", fixable with --fix" : "") << '\n'
      << style.bold("looks at") << ": " << kind_names(rule) << "\n\n"
      << wrapped(rule.summary) << "\n\n"
      << wrapped(rule.rationale) << "\n\n"
      << style.bold("Bad") << ":\n\n"
      << indented(rule.bad) << '\n'
      << style.bold("Good") << ":\n\n"
      << indented(rule.good);
}

}  // namespace otelctl::report
