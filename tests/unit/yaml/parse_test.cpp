// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/parse.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/unit/yaml/outline.hpp"

using namespace otelctl::yaml;

namespace {

Document read(std::string_view text) {
  Parsed parsed = parse(std::string(text));
  REQUIRE(parsed.is_whole);
  CHECK(places(parsed) == "");
  return std::move(parsed.document);
}

}  // namespace

TEST_CASE("every node knows where it begins and ends in the source") {
  CHECK(outline(read("a: 1\nb:\n  - \"x\"\n  - 'it''s'\n  - {c: d, e}\n")) ==
        "m 1:1 <a: 1\nb:\n  - \"x\"\n  - 'it''s'\n  - {c: d, e}>\n"
        "s 1:1 <a>\n"
        "s 1:4 <1>\n"
        "s 2:1 <b>\n"
        "q 3:3 <- \"x\"\n  - 'it''s'\n  - {c: d, e}>\n"
        "s 3:5 <\"x\">\n"
        "s 4:5 <'it''s'>\n"
        "m 5:5 <{c: d, e}>\n"
        "s 5:6 <c>\n"
        "s 5:9 <d>\n"
        "s 5:12 <e>\n"
        "n 5:13 <>\n");
}

TEST_CASE("scalars over several lines end with their last character") {
  CHECK(outline(read("a: foo\n  bar # note\nb: |\n  x\n   y\n\nc: >- # note\n  z\n")) ==
        "m 1:1 <a: foo\n  bar # note\nb: |\n  x\n   y\n\nc: >- # note\n  z>\n"
        "s 1:1 <a>\n"
        "s 1:4 <foo\n  bar>\n"
        "s 3:1 <b>\n"
        "s 3:4 <|\n  x\n   y>\n"
        "s 7:1 <c>\n"
        "s 7:4 <>- # note\n  z>\n");
}

TEST_CASE("content has its escapes resolved and the style is kept") {
  const Document document = read("a: \"x\\ty\"\nb: 'it''s'\nc: plain\nd: |\n  block\n");
  const auto value = [&](std::size_t index) {
    auto it = document.children(document.root()).begin();
    for (std::size_t i = 0; i < index; ++i) {
      ++it;
    }
    return document.node(*it);
  };
  CHECK(value(0).text == "x\ty");
  CHECK(value(0).style == Style::double_quoted);
  CHECK(value(1).text == "it's");
  CHECK(value(1).style == Style::single_quoted);
  CHECK(value(2).text == "plain");
  CHECK(value(2).style == Style::plain);
  CHECK(value(3).text == "block\n");
  CHECK(value(3).style == Style::literal);
  CHECK(document.node(value(3).key).text == "d");
}

TEST_CASE("escapes of single characters are whole code points") {
  const Document document =
      read(R"(["\N", "a\_b\N\_", "\L\P", "\x85\u00a0\U0001F600", "\_\xe9é"])");
  std::string texts;
  for (const NodeId id : document.children(document.root())) {
    texts += std::string(document.node(id).text) + "|";
  }
  CHECK(texts ==
        "\u0085|a\u00a0b\u0085\u00a0|\u2028\u2029|\u0085\u00a0\U0001F600|\u00a0\u00e9\u00e9|");
}

TEST_CASE("content points into the source only where it stands there as it is") {
  const Document document = read(R"(["\\", '''', 'a''', "a", 'b', ""])");
  std::string places;
  for (const NodeId id : document.children(document.root())) {
    const Node& node = document.node(id);
    const bool is_inside = document.source().data() <= node.text.data() &&
                           node.text.data() < document.source().data() + document.source().size();
    places += std::string(node.text) + (is_inside ? "+ " : "- ");
  }
  CHECK(places == "\\- '- a'- a+ b+ + ");
}

TEST_CASE("an empty value stands behind its key, a written null where it is written") {
  CHECK(outline(read("a:\nnull: 1\nb: ~\nc: # note\nd: null\n")) ==
        "m 1:1 <a:\nnull: 1\nb: ~\nc: # note\nd: null>\n"
        "s 1:1 <a>\n"
        "n 1:3 <>\n"
        "n 2:1 <null>\n"
        "s 2:7 <1>\n"
        "s 3:1 <b>\n"
        "n 3:4 <~>\n"
        "s 4:1 <c>\n"
        "n 4:3 <>\n"
        "s 5:1 <d>\n"
        "n 5:4 <null>\n");
}

TEST_CASE("tags and anchors stand before a value, which begins behind them") {
  const Document document = read("a: &x !!str 1\nb: *x\nc: !!map &y {d: *x}\ne: *y\n");
  CHECK(outline(document) ==
        "m 1:1 <a: &x !!str 1\nb: *x\nc: !!map &y {d: *x}\ne: *y>\n"
        "s 1:1 <a>\n"
        "s 1:13 <1>\n"
        "s 2:1 <b>\n"
        "a 2:4 <*x>\n"
        "s 3:1 <c>\n"
        "m 3:13 <{d: *x}>\n"
        "s 3:14 <d>\n"
        "a 3:17 <*x>\n"
        "s 4:1 <e>\n"
        "a 4:4 <*y>\n");
  CHECK(document.node(document.resolve(4)).text == "1");
  CHECK(document.resolve(10) == 6);
  CHECK(document.tag(document.node(2)) == "tag:yaml.org,2002:str");
  CHECK(document.node(2).outer_begin == 3);
}

TEST_CASE("columns count characters, not bytes, and a byte order mark takes none") {
  CHECK(outline(read("\xEF\xBB\xBF"
                     "k\xC3\xA4se: {\xE2\x82\xAC: \xF0\x9F\xA7\x80, b: c}\n")) ==
        "m 1:1 <k\xC3\xA4se: {\xE2\x82\xAC: \xF0\x9F\xA7\x80, b: c}>\n"
        "s 1:1 <k\xC3\xA4se>\n"
        "m 1:7 <{\xE2\x82\xAC: \xF0\x9F\xA7\x80, b: c}>\n"
        "s 1:8 <\xE2\x82\xAC>\n"
        "s 1:11 <\xF0\x9F\xA7\x80>\n"
        "s 1:14 <b>\n"
        "s 1:17 <c>\n");
}

TEST_CASE("line ends may be CRLF") {
  CHECK(outline(read("a: 1\r\nb:\r\n  c: \"x\"\r\n  d: y\r\n  e: |\r\n    t\r\n")) ==
        "m 1:1 <a: 1\r\nb:\r\n  c: \"x\"\r\n  d: y\r\n  e: |\r\n    t>\n"
        "s 1:1 <a>\n"
        "s 1:4 <1>\n"
        "s 2:1 <b>\n"
        "m 3:3 <c: \"x\"\r\n  d: y\r\n  e: |\r\n    t>\n"
        "s 3:3 <c>\n"
        "s 3:6 <\"x\">\n"
        "s 4:3 <d>\n"
        "s 4:6 <y>\n"
        "s 5:3 <e>\n"
        "s 5:6 <|\r\n    t>\n");
}

TEST_CASE("JSON is YAML, whatever its indentation") {
  const Document document = read("{\"a\": [1,\n\t2],\n\"b\":{\"c\":null}, \"d\" : {}}\n");
  CHECK(document.node(document.root()).end == document.source().size() - 1);
  CHECK(document.node(document.root()).style == Style::flow);
  CHECK(document.node(document.root()).child_count == 3);
}

TEST_CASE("a pair in a list is a map without brackets") {
  CHECK(outline(read("[a: b, c]")) ==
        "q 1:1 <[a: b, c]>\nm 1:2 <a: b>\ns 1:2 <a>\ns 1:5 <b>\ns 1:8 <c>\n");
}

TEST_CASE("keys need not be words") {
  const Document document = read("? |\n  a b\n: c\n? d\n: e\n~: f\n");
  const auto first = *document.children(document.root()).begin();
  CHECK(document.node(document.node(first).key).text == "a b\n");
  CHECK(document.node(first).text == "c");
}

TEST_CASE("nothing and comments alone are a document without a root") {
  for (const std::string_view text : {"", "\n\n", "# only a note\n", "\xEF\xBB\xBF", "---\n"}) {
    CAPTURE(text);
    const Parsed parsed = parse(std::string(text));
    CHECK(places(parsed) == "");
    const NodeId root = parsed.document.root();
    CHECK((root == k_no_node || parsed.document.node(root).kind == NodeKind::null));
  }
}

TEST_CASE("a document that is one scalar is read as such") {
  const Document document = read("--- |\n a\n b\n");
  CHECK(document.node(document.root()).text == "a\nb\n");
}

TEST_CASE("what can be read of a broken document is there for excerpts") {
  const Parsed parsed = parse("a: 1\nb: c: d\n");
  CHECK_FALSE(parsed.is_whole);
  CHECK(parsed.document.source() == "a: 1\nb: c: d\n");
  CHECK(parsed.document.node(2).text == "1");
}

TEST_CASE("a parsed document can be moved") {
  // Short enough for the small-string storage, whose bytes move with the string.
  Parsed parsed = parse("a: b");
  const Document moved = std::move(parsed.document);
  CHECK(moved.node(2).text == "b");
  CHECK(moved.source() == "a: b");
  CHECK(moved.position(3).column == 4);
}
