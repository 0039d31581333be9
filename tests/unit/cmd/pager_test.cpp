// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/pager.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("OTELCTL_PAGER comes before PAGER, and less is there where neither is") {
  CHECK(pager_command(Environment({})) == "less -FRX");
  CHECK(pager_command(Environment({{"PAGER", "more"}})) == "more");
  CHECK(pager_command(Environment({{"PAGER", "more"}, {"OTELCTL_PAGER", "most -s"}})) == "most -s");
}

TEST_CASE("an empty variable or a dumb terminal is no pager") {
  CHECK(pager_command(Environment({{"PAGER", ""}})).empty());
  CHECK(pager_command(Environment({{"PAGER", "more"}, {"OTELCTL_PAGER", " "}})).empty());
  CHECK(pager_command(Environment({{"PAGER", "more"}, {"TERM", "dumb"}})).empty());
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
