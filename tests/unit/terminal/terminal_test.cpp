// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminal.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::terminal;

namespace {

Environment with(std::string_view name, std::string_view value) {
  Environment environment;
  environment.set(name, value);
  return environment;
}

bool has_colour(StreamFacts facts, Environment environment, ColorMode mode = ColorMode::automatic) {
  return describe(facts, environment, mode, std::nullopt).colour;
}

}  // namespace

TEST_CASE("colour is for terminals, and the user has the last word") {
  const StreamFacts screen{.is_terminal = true, .columns = 80};
  CHECK(has_colour(screen, Environment{}));
  CHECK(!has_colour({}, Environment{}));
  CHECK(!has_colour(screen, with("NO_COLOR", "1")));
  CHECK(has_colour(screen, with("NO_COLOR", "")));
  CHECK(!has_colour(screen, with("TERM", "dumb")));
  CHECK(has_colour({}, with("CLICOLOR_FORCE", "1")));
  CHECK(has_colour({}, with("NO_COLOR", "1"), ColorMode::always));
  CHECK(!has_colour(screen, Environment{}, ColorMode::never));
}

TEST_CASE("the width is what was wanted, else the window, else COLUMNS, else 120") {
  const Environment columns = with("COLUMNS", "100");
  CHECK(describe({true, 80}, columns, ColorMode::automatic, 60).width == 60);
  CHECK(describe({true, 80}, columns, ColorMode::automatic, std::nullopt).width == 80);
  CHECK(describe({}, columns, ColorMode::automatic, std::nullopt).width == 100);
  CHECK(describe({}, with("COLUMNS", "x"), ColorMode::automatic, std::nullopt).width == 120);
}

TEST_CASE("a terminal in another encoding gets ASCII") {
  CHECK(!describe({true, 80}, with("LANG", "C"), ColorMode::automatic, {}).unicode);
  CHECK(describe({true, 80}, with("LC_ALL", "C.UTF-8"), ColorMode::automatic, {}).unicode);
  CHECK(describe({}, with("LANG", "C"), ColorMode::automatic, {}).unicode);
}

TEST_CASE("a colour mode that is not one is refused") {
  CHECK(parse_color_mode("auto") == ColorMode::automatic);
  CHECK(!parse_color_mode("sometimes"));
}
