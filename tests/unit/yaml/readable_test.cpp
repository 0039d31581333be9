// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "yaml/blocks.hpp"
#include "yaml/parse.hpp"

using namespace otelctl::yaml;

namespace {

// "3:7 4:1 | a b.c": the places of the problems, then the paths of the scalars that were read.
std::string readable(std::string_view text) {
  const Parsed parsed = parse_readable(std::string(text));
  CHECK(parsed.document.source() == text);
  std::string words;
  for (const Problem& problem : parsed.problems) {
    const Position place = parsed.document.position(problem.begin);
    words += fmt::format("{}:{} ", place.line, place.column);
  }
  words += parsed.is_whole ? "whole" : parsed.cuts.empty() ? "unread" : "|";
  for (NodeId id = 0; id < parsed.document.node_count(); ++id) {
    const Node& node = parsed.document.node(id);
    if (node.kind == NodeKind::scalar && !parsed.cuts.empty()) {
      words += fmt::format(" {}", node.text);
      CHECK(parsed.document.position(node.begin).column > 0);
    }
  }
  return words;
}

std::string_view block(std::string_view text, std::size_t offset) {
  const Lines lines = block_at(text, offset);
  return text.substr(lines.begin, lines.end - lines.begin);
}

}  // namespace

TEST_CASE("a block is a line with those indented under it") {
  const std::string_view text = "a:\n  b:\n\n    c: 1\n  # x\n  d: 2\n# y\n\n  e: 3\nf: 4";
  CHECK(block(text, 0) == "a:\n  b:\n\n    c: 1\n  # x\n  d: 2\n# y\n\n  e: 3\n");
  CHECK(block(text, 5) == "  b:\n\n    c: 1\n");
  CHECK(block(text, 20) == "  # x\n");
  CHECK(block(text, text.size()) == "f: 4");
  CHECK(block("", 0).empty());
  CHECK(block("a:\n\tb: 1\n  c: 1\n", 4) == "\tb: 1\n");
}

TEST_CASE("what can be read is not touched") {
  CHECK(readable("a: 1\nb: 2\n") == "whole");
  CHECK(readable("") == "whole");
}

TEST_CASE("a broken line is left out and the rest is read") {
  CHECK(readable("a: 1\nb: c: d\ne: 2\n") == "2:5 | a 1 e 2");
  CHECK(readable("a:\n  b: 1\n  c: d: e\n  f: 2\n") == "3:7 | a b 1 f 2");
  CHECK(readable("a: \"x\nb: 'y'\nc: z\n") == "1:4 | b y c z");
  CHECK(readable("a: \"x\nb: \"y\"\nc: z\n") == "1:4 | b y c z");
  CHECK(readable("a: [1, 2\nb: 1\n") == "1:4 | b 1");
  CHECK(readable("a: {\n  b: [1,\n  c: 2\n}\nd: 3\n").ends_with("d 3"));
  CHECK(readable("a:\n\tb: 1\n  c: 1\nd: 2\n") == "2:1 | a c 1 d 2");
  CHECK(readable("a: *x\nb: 1\n") == "1:4 | b 1");
  CHECK(readable("a: 1\r\nb: c: d\r\ne: 2\r\n") == "2:5 | a 1 e 2");
  CHECK(readable("\xEF\xBB\xBF"
                 "a: b: c\nd: \xC3\xA4\n") == "1:5 | d \xC3\xA4");
}

TEST_CASE("what is indented under a broken line goes with it") {
  CHECK(readable("telemetry\n  enabled: true\n  tracing: {}\nother: 1\n") == "1:1 | other 1");
  CHECK(readable("a: @x\n  - 1\n  - 2\nb: 1\n") == "1:4 | b 1");
}

TEST_CASE("a key that would be left without its only value goes too") {
  CHECK(readable("a:\n  b:\n    c: d: e\n  f: 1\n") == "3:9 | a f 1");
  CHECK(readable("a:\n  b:\n    c: d: e\nf: 1\n") == "3:9 | f 1");
  CHECK(readable("a:\n  - c: d: e\n  - f\n") == "2:9 | a f");
  CHECK(readable("l:\n- a:\n    c: d: e\n- f\n") == "3:9 | l f");
  CHECK(readable("a: # why\n  b: c: d\ne: 1\n") == "2:7 | e 1");
}

TEST_CASE("several mistakes are found at once when something stands between them") {
  CHECK(readable("a: b: c\nd: 1\ne: \"f\nh: 2\ni: [\nj: 3\n") == "1:5 3:4 5:4 | d 1 h 2 j 3");
  // The second could come of the first.
  CHECK(readable("a: b: c\nd: e: f\ng: 1\n") == "1:5 | g 1");
}

TEST_CASE("what only refers to a part that was left out is no mistake") {
  CHECK(readable("a: &x {b: c: d}\ne: 1\nf: *x\ng: 2\n") == "1:7 | e 1 g 2");
}

TEST_CASE("a mistake that shows above what was left out takes its surroundings with it") {
  CHECK(readable("a: {b: 1\nc: 1,\nd: 2\ne: 3\n").find("unread") == std::string::npos);
}

TEST_CASE("where nothing can be read it stays so, and only the first mistake is told") {
  CHECK(readable("a: [\n") == "1:4 unread");
  CHECK(readable("@\n") == "1:1 unread");
  CHECK(readable("&x [*x]") == "1:5 unread");
  std::string broken;
  for (int line = 0; line < 100; ++line) {
    broken += "a: b: c\nk: 1\n";
  }
  CHECK(readable(broken) == "1:5 unread");
}

TEST_CASE("other mistakes of the rest are told in order") {
  CHECK(readable("a: 1\na: 2\nb: c: d\ne: !x 1\n") == "2:1 3:5 4:4 | a 1 a 2 e 1");
  CHECK(readable("b: c: d\na: 1\n---\ne: 2\n") == "1:5 3:1 | a 1");
}
