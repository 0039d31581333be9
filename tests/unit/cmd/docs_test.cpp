// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "cmd/commands.hpp"
#include "cmd/docs/completion.hpp"
#include "cmd/docs/man.hpp"
#include "cmd/help.hpp"
#include "cmd/parser.hpp"

using namespace otelctl;

TEST_CASE("every command tells what it does, with examples") {
  std::set<std::string_view> names;
  for (const CommandSpec& spec : all_commands()) {
    CAPTURE(spec.name);
    CHECK(names.insert(spec.name).second);
    CHECK(spec.summary.size() <= 56);
    CHECK(!spec.summary.ends_with("."));
    CHECK(!trim(spec.description).empty());
    if (!spec.is_hidden) {
      const auto lines = split(trim(spec.examples), '\n');
      CHECK(lines.size() >= 4);
      CHECK(lines.size() % 2 == 0);
    }
  }
}

TEST_CASE("every option has a description, and no name is declared twice") {
  for (const CommandSpec& spec : all_commands()) {
    std::set<std::string> seen;
    for (const OptionFacts& option : describe_options(spec)) {
      CAPTURE(spec.name);
      CAPTURE(option.names.front());
      CHECK(!option.description.empty());
      CHECK(!option.description.ends_with("."));
      for (const std::string& name : option.names) {
        CHECK(seen.insert(name).second);
      }
    }
  }
}

TEST_CASE("an option that takes names and files completes both") {
  const auto options = describe_options(*find_spec("send-spans"));
  const auto scenario = std::find_if(options.begin(), options.end(), [](const OptionFacts& option) {
    return option.names.front() == "--scenario";
  });
  REQUIRE(scenario != options.end());
  CHECK(scenario->placeholder == "NAME|FILE");
  const auto choices = scenario->choices();
  CHECK(std::find(choices.begin(), choices.end(), "agentmap") != choices.end());
  CHECK(std::find(choices.begin(), choices.end(), "FILE") == choices.end());

  const auto has_line = [](const std::string& script, std::string_view start,
                           std::string_view part) {
    const auto lines = split(script, '\n');
    return std::any_of(lines.begin(), lines.end(), [&](std::string_view line) {
      return line.find(start) != std::string_view::npos &&
             line.find(part) != std::string_view::npos &&
             line.find("agentmap") != std::string_view::npos;
    });
  };
  CHECK(has_line(bash_completion(), "--scenario) words=", "files=1;"));
  CHECK(has_line(zsh_completion(), "'--scenario[", "_files"));
  CHECK(has_line(fish_completion(), "-l scenario", "-r -F -a"));
}

TEST_CASE("each command that users see has a man page and completions") {
  const auto pages = man_pages();
  const std::string bash = bash_completion();
  const std::string zsh = zsh_completion();
  const std::string fish = fish_completion();
  for (const CommandSpec& spec : all_commands()) {
    if (spec.is_hidden) {
      continue;
    }
    std::string page = "otelctl-" + std::string(spec.name) + ".1";
    std::replace(page.begin(), page.end(), ' ', '-');
    CHECK(std::any_of(pages.begin(), pages.end(),
                      [&](const auto& entry) { return entry.first == page; }));
    const std::string quoted = "'" + std::string(spec.name) + "')";
    CHECK(bash.find(quoted) != std::string::npos);
    CHECK(zsh.find(quoted) != std::string::npos);
    CHECK(fish.find("__otelctl_is " + std::string(spec.name)) != std::string::npos);
  }
}
