// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal/width.hpp"

#include <doctest/doctest.h>

#include "terminal/style.hpp"

using namespace otelctl::terminal;

TEST_CASE("width counts columns, not bytes") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("äöü") == 3);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width(Style(true).red("abc")) == 3);
}

TEST_CASE("text is filled or loses its middle") {
  CHECK(pad_right("ab", 4) == "ab  ");
  CHECK(pad_left("ab", 4) == "  ab");
  CHECK(shorten("abcdefghij", 5) == "ab…ij");
  CHECK(shorten("abcdefghij", 7, false) == "ab...ij");
  CHECK(shorten("日本語日本語", 7) == "日…語");
  CHECK(display_width(shorten("日本語日本語", 6)) <= 6);
  CHECK(shorten("abc", 1) == "a");
  CHECK(fit("abc", 5) == "abc  ");
}

TEST_CASE("paragraphs break at spaces") {
  CHECK(wrap("aa bb cc", 5) == "aa bb\ncc");
  CHECK(wrap("aa bb cc", 7, 2) == "  aa bb\n  cc");
  CHECK(wrap("verylongword x", 4) == "verylongword\nx");
}

TEST_CASE("a service has the same colour on every run") {
  CHECK(Style(true).service("checkout", "x") == Style(true).service("checkout", "x"));
  CHECK(Style(false).service("checkout", "x") == "x");
  CHECK(Style(true).bold("") == "");
}
