// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/text_pattern.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace otelctl;
using check::TextPattern;

namespace {

bool matches(std::string_view written, std::string_view text) {
  const auto pattern = TextPattern::parse(written);
  REQUIRE(pattern.has_value());
  return pattern->matches(text);
}

}  // namespace

TEST_CASE("a text means itself") {
  CHECK(matches("POST /orders", "POST /orders"));
  CHECK_FALSE(matches("POST /orders", "POST /orders/1"));
  CHECK_FALSE(matches("POST /orders", "post /orders"));
  CHECK(matches("/orders", "/orders"));
  CHECK_FALSE(matches("/", "a/b"));
  CHECK(matches("//", "//"));
}

TEST_CASE("a star is any text, a question mark one character") {
  CHECK(matches("SELECT*", "SELECT"));
  CHECK(matches("SELECT*", "SELECT accounts"));
  CHECK(matches("*accounts", "SELECT accounts"));
  CHECK(matches("a*b*c", "a--b-b--c"));
  CHECK_FALSE(matches("a*b*c", "a--c--b"));
  CHECK(matches("order-??", "order-12"));
  CHECK_FALSE(matches("order-??", "order-1"));
  CHECK(matches("caf?", "caf\xC3\xA9"));
  CHECK_FALSE(matches("SELECT*", " SELECT"));
  CHECK(matches("SELECT * FROM a", "SELECT * FROM a"));
}

TEST_CASE("between slashes stands a regular expression that is found anywhere") {
  CHECK(matches("/^SELECT/", "SELECT accounts"));
  CHECK_FALSE(matches("/^SELECT/", "a SELECT"));
  CHECK(matches("/acc.*s$/", "SELECT accounts"));
  CHECK(matches("/(?i)select/", "SELECT accounts"));
}

TEST_CASE("two signs in front take the text as it is") {
  CHECK(matches("==SELECT*", "SELECT*"));
  CHECK_FALSE(matches("==SELECT*", "SELECT accounts"));
  CHECK(matches("==/a/", "/a/"));
  CHECK(matches("!=a", "b"));
  CHECK_FALSE(matches("!=a", "a"));
}

TEST_CASE("a text and the pattern that means it alone") {
  for (const std::string_view text : {"a", "SELECT * FROM a", "/a/", "==x", "!=x", "", "a?"}) {
    CAPTURE(text);
    const auto pattern = TextPattern::parse(check::pattern_of(text));
    REQUIRE(pattern.has_value());
    REQUIRE(pattern->only_text() != nullptr);
    CHECK(*pattern->only_text() == text);
  }
}

TEST_CASE("expressions that cannot be used say so") {
  for (const std::string& written : std::vector<std::string>{
           "/(/", "/a{1000}{1000}/", "/(?=a)/", "/\\1/", "/" + std::string(5000, 'a') + "/"}) {
    CAPTURE(written.substr(0, 20));
    const auto pattern = TextPattern::parse(written);
    REQUIRE_FALSE(pattern.has_value());
    CHECK(pattern.error().kind == ErrorKind::settings);
    CHECK_FALSE(pattern.error().hint.empty());
  }
}

TEST_CASE("patterns that make others run for ever end") {
  const std::string text(1'000'000, 'a');
  CHECK_FALSE(matches("/(a*)*b/", text));
  CHECK_FALSE(matches("/(a|aa)+$b/", text));
  CHECK_FALSE(matches("*a*a*a*b", text.substr(0, 20'000)));
  CHECK(matches("/a/", "\xff\xfe a"));
}
