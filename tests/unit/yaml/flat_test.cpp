// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/flat.hpp"

#include <doctest/doctest.h>

#include "tests/unit/yaml/outline.hpp"

using namespace otelctl::yaml;

TEST_CASE("a flat file is a map whose names and values stand where they stand") {
  const Document document =
      make_flat("A=1\nB=\"x\\ty\"\n",
                {{0, 1, 2, 3, Style::plain, "1"}, {4, 5, 6, 12, Style::double_quoted, "x\ty"}});
  CHECK(outline(document) ==
        "m 1:1 <A=1\nB=\"x\\ty\">\n"
        "s 1:1 <A>\ns 1:3 <1>\ns 2:1 <B>\ns 2:3 <\"x\\ty\">\n");
  const auto entries = document.entries(document.root());
  REQUIRE(entries.size() == 2);
  CHECK(document.node(entries[1].key).text == "B");
  CHECK(document.node(entries[1].value).text == "x\ty");
}

TEST_CASE("names are only text in a flat file, and an empty one is an empty map") {
  const Document merged = make_flat("A=1\n", {});
  CHECK(merged.node(merged.root()).kind == NodeKind::map);
  CHECK(merged.entries(merged.root()).empty());
  const Document empty = make_flat("", {});
  CHECK(empty.entries(empty.root()).empty());
}

TEST_CASE("a stream of many documents has a root for each, and anchors stay in theirs") {
  const std::string text = "a: &x 1\n---\nb: 2\nc: [3]\n---\n# nothing\n---\nd: &x 4\ne: *x\n";
  const Parsed one = parse(text);
  CHECK(places(one) == "documents@2:1");
  CHECK(one.document.roots().size() == 1);
  const Parsed many = parse(text, {}, Stream::many);
  CHECK(places(many) == "");
  CHECK(many.is_whole);
  const Document& document = many.document;
  REQUIRE(document.roots().size() == 4);
  CHECK(document.roots()[0] == document.root());
  CHECK(document.node(document.roots()[2]).kind == NodeKind::null);
  const auto last = document.entries(document.roots()[3]);
  REQUIRE(last.size() == 2);
  CHECK(document.node(last[1].value).text == "4");
  CHECK_FALSE(parse("a: &x 1\n---\nb: *x\n", {}, Stream::many).is_whole);
}

TEST_CASE("a stream ends where nothing that could be a document follows") {
  for (const std::string text : {", x\n", "a: 1\n--- \n, x\n", "a: 1\n...\n]\n"}) {
    CAPTURE(text);
    CHECK_FALSE(parse(text, {}, Stream::many).problems.empty());
  }
}

TEST_CASE("keys are compared within each document of a stream") {
  CHECK(places(parse("a: 1\n---\na: 2\na: 3\n", {}, Stream::many)) == "duplicate@4:1");
}
