// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminal.hpp"

#include <string>

#include <doctest/doctest.h>

#include "terminal/style.hpp"

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
  const Environment xterm = with("TERM", "xterm");
  Environment without = xterm;
  without.set("NO_COLOR", "1");
  CHECK(has_colour(screen, xterm));
  CHECK(!has_colour({}, xterm));
  CHECK(!has_colour(screen, without));
  without.set("NO_COLOR", "");
  CHECK(has_colour(screen, without));
  CHECK(!has_colour(screen, with("TERM", "dumb")));
  CHECK(!has_colour(screen, with("TERM", "")));
  CHECK(!has_colour(screen, Environment{}));
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
  CHECK(describe({}, with("COLUMNS", "99999999999"), ColorMode::automatic, {}).width == k_widest);
}

TEST_CASE("a terminal in another encoding gets ASCII") {
  CHECK(!describe({true, 80}, with("LANG", "C"), ColorMode::automatic, {}).unicode);
  CHECK(describe({true, 80}, with("LC_ALL", "C.UTF-8"), ColorMode::automatic, {}).unicode);
  CHECK(describe({}, with("LANG", "C"), ColorMode::automatic, {}).unicode);
  CHECK(!describe({}, with("LC_ALL", "C"), ColorMode::automatic, {}).unicode);
}

TEST_CASE("a terminal of 16 colours is told by its name, unless it says that it has more") {
  const auto has_256 = [](const Environment& environment) {
    return describe({true, 80}, environment, ColorMode::automatic, {}).has_256_colours;
  };
  CHECK(has_256(Environment{}));
  CHECK(has_256(with("TERM", "xterm-256color")));
  CHECK(has_256(with("TERM", "xterm-kitty")));
  CHECK_FALSE(has_256(with("TERM", "linux")));
  CHECK_FALSE(has_256(with("TERM", "xterm")));
  Environment truecolor = with("TERM", "xterm");
  truecolor.set("COLORTERM", "truecolor");
  CHECK(has_256(truecolor));
}

TEST_CASE("a service has the same colour always, and never red") {
  terminal::Terminal many;
  many.colour = true;
  terminal::Terminal few = many;
  few.has_256_colours = false;
  CHECK(Style(many).service("checkout", "x") == "\x1b[38;5;37mx\x1b[0m");
  for (int number = 0; number < 200; ++number) {
    const std::string painted = Style(few).service("service-" + std::to_string(number), "x");
    CHECK(painted.find("[31m") == std::string::npos);
    CHECK(painted.find("[91m") == std::string::npos);
    CHECK(painted.find("38;5") == std::string::npos);
  }
}

TEST_CASE("a colour mode that is not one is refused") {
  CHECK(parse_color_mode("auto") == ColorMode::automatic);
  CHECK(!parse_color_mode("sometimes"));
}
