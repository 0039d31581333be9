// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/unit/yaml/outline.hpp"

using namespace otelctl::yaml;

namespace {

std::string repeated(std::string_view piece, std::size_t count) {
  std::string text;
  text.reserve(piece.size() * count);
  for (std::size_t index = 0; index < count; ++index) {
    text += piece;
  }
  return text;
}

bool is_refused(const Parsed& parsed) {
  return !parsed.is_whole && parsed.problems.size() == 1 &&
         parsed.problems[0].kind == ProblemKind::limit;
}

}  // namespace

TEST_CASE("collections may nest up to the limit and no deeper") {
  const Limits limits;
  const std::string open = repeated("[", limits.depth);
  const std::string close = repeated("]", limits.depth);
  CHECK(parse(open + close).is_whole);
  CHECK(places(parse("[" + open + close + "]")) == "limit@1:257");

  std::string block;
  for (std::size_t depth = 0; depth < 300; ++depth) {
    block += std::string(depth, ' ') + "a:\n";
  }
  CHECK(places(parse(block)) == "limit@257:257");
  CHECK(places(parse(repeated("- ", 300) + "x\n")) == "limit@1:513");
}

TEST_CASE("brackets without end are refused whatever their number") {
  for (const std::string_view bracket : {"[", "{", "[{", "{a: [", "? [", "- [", "&a ["}) {
    CAPTURE(bracket);
    for (const std::size_t count : {std::size_t{1000}, std::size_t{1000000}}) {
      CHECK_FALSE(parse(repeated(bracket, count)).is_whole);
    }
  }
  for (const std::string_view bracket : {"[", "[,"}) {
    const Parsed parsed = parse(repeated(bracket, 5000000));
    CHECK(is_refused(parsed));
    CHECK(parsed.problems[0].message == "the document nests deeper than 256 levels");
  }
}

TEST_CASE("a list on one line is read ahead only so far") {
  CHECK(is_refused(parse("a: [" + repeated("1,", 5000000) + "1]\n")));
  const Parsed parsed = parse("[" + repeated("1,", 5000000) + "1]\n");
  CHECK(is_refused(parsed));
  CHECK(parsed.problems[0].message == "the value that begins here is too large");
}

TEST_CASE("aliases are counted as what they stand for") {
  std::string laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char name = 'b'; name <= 'i'; ++name) {
    const char before = static_cast<char>(name - 1);
    laughs += fmt::format("{}: &{} [", name, name);
    for (int index = 0; index < 9; ++index) {
      laughs += fmt::format("{}*{}", index == 0 ? "" : ",", before);
    }
    laughs += "]\n";
  }
  CHECK(is_refused(parse(laughs)));

  Limits limits;
  limits.nodes = 10;
  // Map; key, list, two items; key, list, an alias for three nodes.
  CHECK(parse("a: &a [1, 2]\nb: [*a]\n", limits).is_whole);
  CHECK(is_refused(parse("a: &a [1, 2]\nb: [*a, 3]\n", limits)));
}

TEST_CASE("text is counted as often as aliases repeat it") {
  Limits limits;
  limits.text_bytes = 10;
  CHECK(parse("[&a 12345, *a]\n", limits).is_whole);
  const Parsed parsed = parse("[&a 12345, *a, x]\n", limits);
  CHECK(is_refused(parsed));
  CHECK(parsed.problems[0].message ==
        "the document has more than 10B of text once its aliases are expanded");
  CHECK(is_refused(parse("x: &e {k: [abcd]}\ny: *e\n", limits)));
  CHECK(is_refused(
      parse("a: &a " + std::string(1'000'000, 'x') + "\nb: [" + repeated("*a,", 1000) + "*a]\n")));
}

TEST_CASE("a value cannot contain itself") {
  for (const std::string_view text : {"&x [*x]", "&x {a: *x}", "a: &x\n  b: &y\n    - *x\n",
                                      "&x [&y [*y], *x]", "? &x [*x]\n: 1\n"}) {
    CAPTURE(text);
    CHECK(is_refused(parse(std::string(text))));
  }
}

TEST_CASE("more nodes than the limit are refused") {
  Limits limits;
  limits.nodes = 1000;
  CHECK(parse(repeated("- a\n", 999), limits).is_whole);
  CHECK(places(parse(repeated("- a\n", 1000), limits)) == "limit@1000:3");
}

TEST_CASE("more bytes than the limit are refused without being read") {
  Limits limits;
  limits.bytes = 10;
  CHECK(parse("a: 1234567", limits).is_whole);
  const Parsed parsed = parse("a: 12345678", limits);
  CHECK(is_refused(parsed));
  CHECK(parsed.document.root() == k_no_node);
}

TEST_CASE("a megabyte of anything ends in a verdict") {
  constexpr std::size_t k_size = 1000 * 1000;
  for (const std::string_view piece : {"\xFF\xD8\xFF\xE0",
                                       "abc def ghi\n",
                                       "x",
                                       "\n",
                                       "#",
                                       "'",
                                       "\"",
                                       ",",
                                       ": ",
                                       "a:",
                                       "- ",
                                       "!a ",
                                       "&a ",
                                       "*a ",
                                       "%a\n",
                                       "---\n",
                                       "...\n",
                                       "| ",
                                       "${A",
                                       "\t",
                                       "{\"a\":1},",
                                       "\xC3\xA4"}) {
    CAPTURE(piece);
    const Parsed parsed = parse(repeated(piece, k_size / piece.size()));
    CHECK((parsed.is_whole || !parsed.problems.empty()));
  }
}

TEST_CASE("ten megabytes of noise are refused at their first byte that is no text") {
  std::string noise;
  std::uint32_t state = 1;
  while (noise.size() < 10000000) {
    state = state * 1664525U + 1013904223U;
    noise += static_cast<char>(state >> 24U);
  }
  CHECK(places(parse(noise)).starts_with("bytes@"));
}

TEST_CASE("problems of one kind are not reported without end") {
  CHECK(parse(repeated("a: 1\n", 5000)).problems.size() == 1000);
}
