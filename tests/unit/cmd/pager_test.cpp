// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/pager.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "tests/support/temporary_folder.hpp"

using namespace otelctl;

namespace {

Environment with(std::map<std::string, std::string, std::less<>> variables) {
  return Environment(std::move(variables));
}

}  // namespace

TEST_CASE("OTELCTL_PAGER comes before PAGER, and less is there where neither is") {
  const test::TemporaryFolder folder;
  const auto on_xterm = [&](std::map<std::string, std::string, std::less<>> variables) {
    variables["TERM"] = "xterm";
    variables["PATH"] = folder.path("");
    return pager_command(with(std::move(variables)));
  };
  // A shell would say that it does not find less, each time.
  CHECK(on_xterm({}).empty());
  std::ofstream(folder.path("less")) << "#!/bin/sh\n";
  std::filesystem::permissions(folder.path("less"), std::filesystem::perms::owner_all);
  CHECK(on_xterm({}) == "less -FRX");
  CHECK(on_xterm({{"PAGER", "more"}}) == "more");
  CHECK(on_xterm({{"PAGER", "more"}, {"OTELCTL_PAGER", "most -s"}}) == "most -s");
}

TEST_CASE("an empty variable or a dumb terminal is no pager") {
  CHECK(pager_command(with({{"PAGER", ""}, {"TERM", "xterm"}})).empty());
  CHECK(
      pager_command(with({{"PAGER", "more"}, {"OTELCTL_PAGER", " "}, {"TERM", "xterm"}})).empty());
  CHECK(pager_command(with({{"PAGER", "more"}, {"TERM", "dumb"}})).empty());
  CHECK(pager_command(with({{"PAGER", "more"}, {"TERM", ""}})).empty());
  CHECK(pager_command(with({{"PAGER", "more"}})).empty());
}

TEST_CASE("a text is taller when its lines and the prompt do not fit") {
  terminal::Terminal terminal;
  terminal.width = 10;
  terminal.height = 3;
  CHECK_FALSE(is_taller("", terminal));
  CHECK_FALSE(is_taller("a\nb\n", terminal));
  CHECK(is_taller("a\nb\nc\n", terminal));
  // Wrapped at the tenth column; colours take none.
  CHECK_FALSE(is_taller("0123456789\nb\n", terminal));
  CHECK(is_taller("0123456789a\nb\n", terminal));
  CHECK_FALSE(is_taller("\x1b[31m0123456789\x1b[0m\nb\n", terminal));
  terminal.height = std::nullopt;
  CHECK_FALSE(is_taller("a\nb\nc\n", terminal));
}
