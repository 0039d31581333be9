// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/substitution.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using otelctl::Environment;
using otelctl::k_most_substitution_problems;
using otelctl::substitute;
using otelctl::Substitution;
using otelctl::SubstitutionDialect;
using otelctl::SubstitutionProblemKind;

namespace {

Environment environment() {
  return Environment({{"STRING_VALUE", "value"},
                      {"BOOL_VALUE", "true"},
                      {"INT_VALUE", "1"},
                      {"FLOAT_VALUE", "1.1"},
                      {"HEX_VALUE", "0xdeadbeef"},
                      {"INVALID_MAP_VALUE", "value\nkey:value"},
                      {"DO_NOT_REPLACE_ME", "Never use this value"},
                      {"REPLACE_ME", "${DO_NOT_REPLACE_ME}"},
                      {"VALUE_WITH_ESCAPE", "value$$"},
                      {"EMPTY", ""},
                      {"env", "named env"}});
}

std::string sdk(std::string_view text) {
  return substitute(text, environment(), SubstitutionDialect::sdk).text;
}

Substitution section(std::string_view text) {
  return substitute(text, environment(), SubstitutionDialect::section);
}

}  // namespace

TEST_CASE("the cases of the specification's table come out as it says") {
  struct Row {
    std::string_view text;
    std::string_view expected;
  };
  const std::vector<Row> rows{
      {"${STRING_VALUE}", "value"},
      {"${BOOL_VALUE}", "true"},
      {"${INT_VALUE}", "1"},
      {"${FLOAT_VALUE}", "1.1"},
      {"${HEX_VALUE}", "0xdeadbeef"},
      {"${env:STRING_VALUE}", "value"},
      {"${INVALID_MAP_VALUE}", "value\nkey:value"},
      {"foo ${STRING_VALUE} ${FLOAT_VALUE}", "foo value 1.1"},
      {"${UNDEFINED_KEY}", ""},
      {"${UNDEFINED_KEY:-fallback}", "fallback"},
      {"${REPLACE_ME}", "${DO_NOT_REPLACE_ME}"},
      {"${UNDEFINED_KEY:-${STRING_VALUE}}", "${STRING_VALUE}"},
      {"$${STRING_VALUE}", "${STRING_VALUE}"},
      {"$$${STRING_VALUE}", "$value"},
      {"$$$${STRING_VALUE}", "$${STRING_VALUE}"},
      {"$${STRING_VALUE:-fallback}", "${STRING_VALUE:-fallback}"},
      {"$${STRING_VALUE:-${STRING_VALUE}}", "${STRING_VALUE:-value}"},
      {"${UNDEFINED_KEY:-$${UNDEFINED_KEY}}", "${UNDEFINED_KEY:-${UNDEFINED_KEY}}"},
      {"${VALUE_WITH_ESCAPE}", "value$$"},
      {"a $$ b", "a $ b"},
      {"a $ b", "a $ b"},
      {"${EMPTY:-fallback}", "fallback"},
      {"${UNDEFINED_KEY:-}", ""},
      {"${env:-x}", "named env"},
      {"${}", "${}"},
      {"tail ${STRING_VALUE", "tail ${STRING_VALUE"},
      {"$STRING_VALUE", "$STRING_VALUE"},
      {"", ""},
      {"$", "$"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(sdk(row.text) == row.expected);
  }
}

TEST_CASE("text without a dollar sign is returned unchanged and complete") {
  const Substitution result = section("http://localhost:4317");
  CHECK(result.text == "http://localhost:4317");
  CHECK_FALSE(result.changed);
  CHECK(result.complete);
  CHECK(result.names.empty());
}

TEST_CASE("an unset variable without default is reported with its place") {
  const Substitution result = section("a-${NOBODY}-b");
  CHECK(result.text == "a--b");
  CHECK_FALSE(result.complete);
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].kind == SubstitutionProblemKind::unset);
  CHECK(result.problems[0].begin == 2);
  CHECK(result.problems[0].end == 11);
  CHECK(result.problems[0].name == "NOBODY");
}

TEST_CASE("a variable that is set but empty counts as unset") {
  const Substitution result = section("${EMPTY}");
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].kind == SubstitutionProblemKind::unset);
}

TEST_CASE("names are listed whether or not they resolve") {
  const Substitution result = section("${NOBODY:-x}${env:STRING_VALUE}");
  CHECK(result.text == "xvalue");
  CHECK(result.names == std::vector<std::string>{"NOBODY", "STRING_VALUE"});
  CHECK(result.complete);
  CHECK(result.changed);
}

TEST_CASE("a reference that is no name makes the whole text stay as it was") {
  struct Row {
    std::string_view reference;
    SubstitutionProblemKind kind;
  };
  const std::vector<Row> rows{
      {"${1A}", SubstitutionProblemKind::malformed},
      {"${A-x}", SubstitutionProblemKind::malformed},
      {"${A:?msg}", SubstitutionProblemKind::malformed},
      {"${A:+x}", SubstitutionProblemKind::malformed},
      {"${A B}", SubstitutionProblemKind::malformed},
      {"${env:1}", SubstitutionProblemKind::malformed},
      {"${env:}", SubstitutionProblemKind::malformed},
      {"${\xC3\x9C}", SubstitutionProblemKind::malformed},
      {"${file:/etc/x}", SubstitutionProblemKind::scheme},
      {"${sys:a}", SubstitutionProblemKind::scheme},
  };
  for (const Row& row : rows) {
    CAPTURE(row.reference);
    const std::string text = "${STRING_VALUE} $$ " + std::string(row.reference);
    for (const auto dialect : {SubstitutionDialect::sdk, SubstitutionDialect::section}) {
      const Substitution result = substitute(text, environment(), dialect);
      CHECK(result.text == text);
      CHECK_FALSE(result.changed);
      REQUIRE(result.problems.size() == 1);
      CHECK(result.problems[0].kind == row.kind);
      CHECK(result.problems[0].begin == 19);
      CHECK(result.problems[0].end == text.size());
    }
  }
}

TEST_CASE("the section dialect points out what the specification lets pass") {
  SUBCASE("a reference inside a default") {
    const Substitution result = section("${NOBODY:-${STRING_VALUE}}");
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].kind == SubstitutionProblemKind::nested);
    CHECK(result.text == "${NOBODY:-${STRING_VALUE}}");
  }
  SUBCASE("a name without braces") {
    const Substitution result = section("price $5 of $STRING_VALUE.");
    CHECK(result.text == "price $5 of $STRING_VALUE.");
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].kind == SubstitutionProblemKind::naked);
    CHECK(result.problems[0].begin == 12);
    CHECK(result.problems[0].end == 25);
    CHECK(result.complete);
  }
  SUBCASE("a brace that never closes, and one with nothing in it") {
    for (const std::string_view text : {"x ${A:-b", "x ${}"}) {
      CAPTURE(text);
      const Substitution result = section(text);
      REQUIRE(result.problems.size() == 1);
      CHECK(result.problems[0].kind == SubstitutionProblemKind::unclosed);
      CHECK(result.problems[0].begin == 2);
      CHECK(result.problems[0].end == text.size());
      CHECK(result.text == text);
    }
  }
}

TEST_CASE("a reference does not reach over an escaped dollar sign") {
  const Substitution result = section("${NOBODY:-x$$y}");
  CHECK(result.text == "${NOBODY:-x$y}");
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].kind == SubstitutionProblemKind::unclosed);
}

TEST_CASE("many unclosed references cost no more than reading them") {
  std::string text;
  for (int index = 0; index < 200000; ++index) {
    text += "${A";
  }
  const Substitution result = section(text);
  CHECK(result.text == text);
  CHECK(result.problems.size() == 1);
}

namespace {

Substitution collector(std::string_view text) {
  return substitute(text,
                    Environment({{"HOST", "backend"},
                                 {"EMPTY", ""},
                                 {"PORT", "4317"},
                                 {"REFERS", "${env:HOST}:1"},
                                 {"LOOP", "${env:LOOP}"},
                                 {"GROWS", "${env:GROWS}${env:GROWS}"}}),
                    SubstitutionDialect::collector);
}

}  // namespace

TEST_CASE("the Collector expands what it inserted, and takes no default for an empty variable") {
  CHECK(collector("${env:HOST}:${PORT}").text == "backend:4317");
  CHECK(collector("${env:UNSET:-x}").text == "x");
  CHECK(collector("[${env:EMPTY:-x}]").text == "[]");
  CHECK(collector("a ${env:UNSET:-${env:HOST}} b").text == "a backend b");
  CHECK(collector("${REFERS}").text == "backend:1");
  CHECK(collector("${yaml:8}").text == "8");
  CHECK(collector("$${env:HOST} 5$$").text == "${env:HOST} 5$");
  CHECK(collector("$$${env:HOST}").text == "$backend");
}

TEST_CASE("a Collector value that is one reference is whole, also after a nested one") {
  CHECK(collector("${env:PORT}").is_whole);
  CHECK(collector("${env:UNSET:-${env:PORT}}").is_whole);
  CHECK_FALSE(collector("${env:PORT}0").is_whole);
  CHECK_FALSE(collector("$${env:PORT}").is_whole);
}

TEST_CASE("the Collector refuses defaults without scheme, other schemes and shell operators") {
  struct Row {
    std::string_view text;
    SubstitutionProblemKind kind;
    std::string_view name;
  };
  const std::vector<Row> rows{
      {"${UNSET:-x}", SubstitutionProblemKind::no_scheme, "UNSET"},
      {"${env:1A}", SubstitutionProblemKind::malformed, "1A"},
      {"${A-B}", SubstitutionProblemKind::malformed, "A-B"},
      {"${}", SubstitutionProblemKind::malformed, ""},
      {"${env:UNSET:?x}", SubstitutionProblemKind::malformed, "UNSET:?x"},
      {"${env:$A}", SubstitutionProblemKind::malformed, "env:$A"},
      {"${vault:a/b}", SubstitutionProblemKind::scheme, "vault:a/b"},
      {"${LOOP}", SubstitutionProblemKind::endless, ""},
      {"${GROWS}", SubstitutionProblemKind::endless, ""},
      {"$HOST", SubstitutionProblemKind::naked, "HOST"},
      {"a ${env:HOST", SubstitutionProblemKind::unclosed, "env:HOST"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Substitution result = collector(row.text);
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].kind == row.kind);
    CHECK(result.problems[0].name == row.name);
    CHECK(result.text == row.text);
  }
}

TEST_CASE("each name without braces has its own place in a Collector's value") {
  const Substitution result = collector("$HOST-$HOST");
  REQUIRE(result.problems.size() == 2);
  CHECK(result.problems[0].begin == 0);
  CHECK(result.problems[1].begin == 6);
}

TEST_CASE("text that is made of references costs no more than reading it") {
  for (const std::string_view piece : {"${", "${A", "$A ", "$$", "${A}${B}", "${yaml:x}", "$"}) {
    CAPTURE(piece);
    std::string text;
    while (text.size() < 500'000) {
      text += piece;
    }
    for (const auto dialect :
         {SubstitutionDialect::sdk, SubstitutionDialect::section, SubstitutionDialect::collector}) {
      const Substitution result = substitute(text, Environment(), dialect);
      CHECK(result.problems.size() <= k_most_substitution_problems);
      CHECK(result.names.size() <= k_most_substitution_problems);
    }
  }
}

TEST_CASE("what another provider gives is not known, and no problem") {
  const Substitution result = collector("${file:/etc/key}");
  CHECK(result.problems.empty());
  CHECK_FALSE(result.complete);
}
