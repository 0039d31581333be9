// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/interpolation.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace otelctl::settings;

namespace {

Interpolation interpolated(std::string_view text) {
  return interpolate(text, [](std::string_view name) -> std::optional<std::string_view> {
    if (name == "A") {
      return "a";
    }
    return name == "EMPTY" ? std::optional<std::string_view>("") : std::nullopt;
  });
}

std::string known(std::string_view text) {
  const Interpolation result = interpolated(text);
  return result.is_known ? result.text : "?";
}

}  // namespace

TEST_CASE("References are replaced as compose replaces them") {
  CHECK(known("x$A-${A}y") == "xa-ay");
  CHECK(known("$$A $${A}") == "$A ${A}");
  CHECK(known("${A:-d}${NO:-d}${EMPTY:-d}${EMPTY-d}${NO-d}") == "addd");
  CHECK(known("${A:+r}${NO:+r}${EMPTY:+r}${EMPTY+r}") == "rr");
  CHECK(known("${A:?no}${A?no}") == "aa");
  CHECK(known("${NO:-}") == "");
  CHECK(known("${NO:-a:{b}}") == "a:{b}");
  CHECK(known("no reference") == "no reference");
}

TEST_CASE("What is missing makes the value unknown and is named with its place") {
  const Interpolation result = interpolated("x${NO}$A$OTHER");
  CHECK_FALSE(result.is_known);
  REQUIRE(result.unset.size() == 2);
  CHECK(result.unset[0].name == "NO");
  CHECK(result.unset[0].begin == 1);
  CHECK(result.unset[0].end == 6);
  CHECK(result.unset[1].name == "OTHER");
  CHECK(known("${NO:?say so}") == "?");
  CHECK(known("${NO:-${A}}") == "?");
  CHECK(known("${A:-${NO}}") == "a");
}

TEST_CASE("A dollar sign that begins no reference is malformed") {
  for (const char* text :
       {"$", "a $ b", "$1", "${", "${}", "${1A}", "${A", "${A!}", "${A:}", "$-"}) {
    CAPTURE(text);
    const Interpolation result = interpolated(text);
    CHECK(result.malformed.size() == 1);
    CHECK_FALSE(result.is_known);
  }
  CHECK(interpolated("$A $$").malformed.empty());
}

TEST_CASE("Text that is made of braces is read in one pass, and its problems are not without end") {
  for (const std::string piece : {"${", "{", "${{", "$A", "$", "${A}", "}"}) {
    CAPTURE(piece);
    std::string text = "${";
    for (int i = 0; i < 300'000; ++i) {
      text += piece;
    }
    for (const std::string end : {"", "}"}) {
      const Interpolation result = interpolated(text + end);
      CHECK(result.malformed.size() <= k_most_problems);
      CHECK_FALSE(result.is_known);
    }
  }
  std::string unset;
  for (int i = 0; i < 1000; ++i) {
    unset += "$NO ";
  }
  CHECK(interpolated(unset).unset.size() == k_most_problems);
}

TEST_CASE("No more of the variables is inserted than the caller allows") {
  const auto ten = [](std::string_view) -> std::optional<std::string_view> { return "0123456789"; };
  CHECK(interpolate("$A$A", ten, 20).is_known);
  CHECK(interpolate("$A$A", ten, 20).inserted == 20);
  CHECK_FALSE(interpolate("$A$A$A", ten, 20).is_known);
}

TEST_CASE("Braces that are never closed do not hide those that are") {
  const std::string text = "${${${${${";
  CHECK(interpolated(text).text == text);
  CHECK(interpolated(text + "${A}").text == text + "a");
}
