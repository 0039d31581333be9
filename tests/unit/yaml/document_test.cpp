// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/document.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "yaml/parse.hpp"

using namespace otelctl::yaml;

namespace {

// "key=value" of the entries of the map under the top key `name`.
std::string entries_of(std::string_view text, std::string_view name) {
  const Parsed parsed = parse(std::string(text));
  REQUIRE(parsed.is_whole);
  const Document& document = parsed.document;
  std::string result;
  for (const Document::Entry& top : document.entries(document.root())) {
    if (document.node(top.key).text != name) {
      continue;
    }
    for (const Document::Entry& entry : document.entries(top.value)) {
      result += fmt::format("{}{}={}", result.empty() ? "" : " ", document.node(entry.key).text,
                            document.node(entry.value).text);
    }
  }
  return result;
}

}  // namespace

TEST_CASE("entries come in the order of the file, aliases followed") {
  CHECK(entries_of("x: &x 1\na: {b: *x, c: 2}\n", "a") == "b=1 c=2");
}

TEST_CASE("own keys win over merged ones, earlier merges over later") {
  const std::string_view text =
      "one: &one {a: 1, b: 1}\n"
      "two: &two {b: 2, c: 2}\n"
      "m: {<<: [*one, *two], d: 3}\n"
      "n: {<<: *two, c: own}\n"
      "deep: &deep {<<: *one, b: deep}\n"
      "o: {<<: *deep}\n"
      "p: {<<: {}, a: p}\n";
  CHECK(entries_of(text, "m") == "d=3 a=1 b=1 c=2");
  CHECK(entries_of(text, "n") == "c=own b=2");
  CHECK(entries_of(text, "o") == "b=deep a=1");
  CHECK(entries_of(text, "p") == "a=p");
}

TEST_CASE("a key given twice is there twice") {
  CHECK(entries_of("a: {b: 1, b: 2}\n", "a") == "b=1 b=2");
}

TEST_CASE("the same map merged in many ways is read once") {
  std::string text = "m0: &m0 {k: v}\n";
  for (int index = 1; index < 15; ++index) {
    text += fmt::format("m{0}: &m{0} {{<<: [*m{1}, *m{1}], k{0}: v}}\n", index, index - 1);
  }
  CHECK(entries_of(text, "m14").find("k=v") != std::string::npos);
}

TEST_CASE("children of a sequence and of a scalar") {
  const Parsed parsed = parse("[a, b]");
  const Document& document = parsed.document;
  std::string texts;
  for (const NodeId child : document.children(document.root())) {
    texts += document.node(child).text;
    CHECK(document.children(child).begin() == document.children(child).end());
  }
  CHECK(texts == "ab");
}

TEST_CASE("a tag with nothing behind it leaves every node its place") {
  const Parsed parsed = parse("!: [[!s");
  CHECK(parsed.document.node_count() > 3);
  for (NodeId id = 0; id < parsed.document.node_count(); ++id) {
    CAPTURE(id);
    CHECK(parsed.document.node(id).begin <= parsed.document.node(id).end);
  }
}
