// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "cmd/commands.hpp"
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

TEST_CASE("each command that users see has a man page, with all that belongs there") {
  const auto pages = man_pages();
  for (const CommandSpec& spec : all_commands()) {
    if (spec.is_hidden) {
      continue;
    }
    CAPTURE(spec.name);
    std::string name = "otelctl-" + std::string(spec.name) + ".1";
    std::replace(name.begin(), name.end(), ' ', '-');
    const auto page = std::find_if(pages.begin(), pages.end(),
                                   [&](const auto& entry) { return entry.first == name; });
    REQUIRE(page != pages.end());
    std::size_t at = 0;
    for (const std::string_view section : {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS",
                                           "EXIT STATUS", "ENVIRONMENT", "EXAMPLES", "SEE ALSO"}) {
      CAPTURE(section);
      at = page->second.find("\n.SH " + std::string(section) + "\n", at);
      REQUIRE(at != std::string::npos);
    }
  }
}

TEST_CASE("a page names the variables that its command reads") {
  const auto names_of = [](std::string_view command) {
    std::vector<std::string_view> names;
    for (const VariableMeaning& each : variable_meanings(*find_spec(command))) {
      names.push_back(each.name);
    }
    return names;
  };
  using Names = std::vector<std::string_view>;
  CHECK(names_of("version") == Names{"NO_COLOR", "CLICOLOR_FORCE"});
  const std::string_view proxies = "http_proxy, https_proxy, all_proxy, grpc_proxy, no_proxy";
  CHECK(names_of("exec") ==
        Names{"OTEL_*", "TRACEPARENT, TRACESTATE", proxies, "NO_COLOR", "CLICOLOR_FORCE"});
  CHECK(names_of("show-trace") == Names{"OTELCTL_BACKEND", proxies, "OTELCTL_PAGER, PAGER",
                                        "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS",
                                        "TERM, COLORTERM, LC_ALL, LC_CTYPE, LANG"});
}
