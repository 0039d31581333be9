// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/yaml/outline.hpp"

using namespace otelctl::yaml;

namespace {

struct Row {
  std::string_view text;
  std::string_view expected;
  // A part of the first problem's message.
  std::string_view words = {};
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Parsed parsed = parse(std::string(row.text));
    CHECK(places(parsed) == row.expected);
    if (!row.words.empty() && !parsed.problems.empty()) {
      CAPTURE(parsed.problems[0].message);
      CHECK(parsed.problems[0].message.find(row.words) != std::string::npos);
      CHECK_FALSE(parsed.problems[0].help.empty());
    }
  }
}

}  // namespace

TEST_CASE("syntax errors point at the cause and say it in a user's words") {
  check({
      {"a: b: c\n", "syntax@1:5", "a second ': '"},
      {"a: 1\n b: 2\n", "syntax@2:2", "went on with the value of line 1"},
      {"a: 1\nb\nc: 2\n", "syntax@2:1", "a ':' is missing"},
      {"a:\n  b true\n  c: 2\n", "syntax@2:3", "a ':' is missing"},
      {"a:\n  b: 1\n c: 2\n", "syntax@3:2", "not in line with the keys"},
      {"- a\n b\n- c: 1\n  - d\n", "syntax@4:3"},
      {"a: \"x\" y\n", "syntax@1:8", "unexpected text after the value"},
      {"\"a\": 1\n\"b\":2\n", "syntax@2:4", "a space is missing"},
      {"{\"a\": 1, b:{}}\n", "syntax@1:11", "a space is missing"},
      {"a: [1, 2\nb: 3\n", "syntax@1:4", "the list opened here"},
      {"a: {b: 1\n", "syntax@1:4", "the map opened here"},
      {"a: [b: c\n", "syntax@1:4", "the list opened here"},
      {"a: 1]\nb: ]\n", "syntax@2:4", "closes nothing"},
      {"a: - b\n", "syntax@1:4", "a list item cannot begin here"},
      {"a: @x\n", "syntax@1:4", "cannot begin with '@'"},
      {"a: `x`\n", "syntax@1:4", "cannot begin with '`'"},
      {"a: %x\n", "syntax@1:4", "cannot begin with '%'"},
      {"a: \"C:\\path\"\n", "syntax@1:7", "backslash"},
      {"a: \"\\ud83d\\ude00\"\n", "syntax@1:5", "no Unicode character"},
      {"a: *.example.com\n", "syntax@1:4", "'*.example.com' refers to an anchor"},
      {"a: {b: ${X}}\n", "syntax@1:8", "begins a map"},
      {"a: [${X}]\n", "syntax@1:5", "begins a map"},
      {"a: ${X:-b: c}\n", "syntax@1:10", "inside a reference"},
      {"a: |x\n  b\n", "syntax@1:5", "after '|' or '>'"},
      {"a: !<tag\n", "syntax@1:9", "tag"},
      {"%YAML 2.0\n---\na: 1\n", "syntax@1:1", "version"},
      {"a: &x &y 1\n", "syntax@1:7", "two anchors"},
      {"a: &x *x\n", "syntax@1:7"},
  });
}

TEST_CASE("templates that were not rendered are called so") {
  check({
      {"a: {{ .Values.x }}\n", "syntax@1:4", "begins a template"},
      {"a: {{ .Values.x }}:4317\n", "syntax@1:4", "begins a template"},
      {"a: {{ .Values.x | quote }}\nb: 1\n", "syntax@1:4", "begins a template"},
      {"a: {{ include \"x.y\" . }}\n", "syntax@1:4", "begins a template"},
      {"{{- if .Values.x }}\na: 1\n{{- end }}\n", "syntax@1:1", "begins a template"},
      {"a:\n  {{- toYaml .Values.x | nindent 2 }}\nb: 1\n", "syntax@2:3", "begins a template"},
      {"a: 1\n{{- with .Values.x }}\nb: 1\n{{- end }}\n", "syntax@2:1", "begins a template"},
      {"a: \"{{ x }}\"\nb: '{{ y }}' # {{ z }}\n", ""},
      {"a: '{{ x }}' y\n", "syntax@1:14", "unexpected text"},
      {"a: b: c # {{ x }}\n", "syntax@1:5", "a second ': '"},
  });
}

TEST_CASE("what only yaml-cpp would accept is refused") {
  check({
      {"a: 1\nb\n", "syntax@2:1", "a ':' is missing"},
      {"a:\n  b: 1\n  c true # note\n", "syntax@3:3", "a ':' is missing"},
      {"? a\n? b\n", ""},
      {"a:\nb :\n\"c\" :\n", ""},
      {"{a, b: , c: d}\n", ""},
      {": b\n", "syntax@1:3", "a key is missing"},
      {"{: b}\n", ""},
      {"? [a]\n: b\n", "syntax@1:3", "cannot be a key"},
      {"{[a]: b}\n", "syntax@1:2", "cannot be a key"},
      {"<<: text\n", "merge@1:1 syntax@1:5"},
      {"<<: [{a: b}, c]\n", "merge@1:1 syntax@1:5"},
      {"<<: [{a: b}, {c: d}]\n", "merge@1:1"},
      {"%FOO\n---\na: 1\n", "syntax@1:1", "cannot begin with '%'"},
      {"a: 1\n%b: 2\n", "syntax@2:1"},
      {"%YAML 1.2\n%TAG ! tag:x,2020:\n---\na: |\n  x\n  %y\nb: 50%\n", ""},
  });
}

TEST_CASE("a string that never ends is found where it was opened") {
  check({
      {"a: \"x\nb: 1\n", "unterminated@1:4", "never ends"},
      {"a: 'x\nb: 1\n", "unterminated@1:4", "never ends"},
      {"a: 1\nb: \"x", "unterminated@2:4", "never ends"},
      {"a: \"x\\", "unterminated@1:4"},
      {"a: \"x\nb: \"y\"\n", "unterminated@1:4", "next quote, on line 2"},
      {"a: [\"x, 1]\nb: \"y\"\n", "unterminated@1:5"},
      {"a: \"x\n---\nb: 1\n", "unterminated@1:4"},
      {"\"a: 1\n", "unterminated@1:1"},
  });
}

TEST_CASE("tabs are named as such where spaces are wanted") {
  check({
      {"a:\n\tb: 1\n", "tab@2:1", "indentation"},
      {"\xEF\xBB\xBF\tb\n", "tab@1:1", "indentation"},
      {"a:\n  b: 1\n\tc: 1\n", "tab@3:1", "indentation"},
      {"a:\n  \t- b\n", "tab@2:3"},
      {"a: b\n\tc\n", "tab@2:1"},
      {"a:\tb\n", "tab@1:3", "tab after ':'"},
      {"- a\n-\tb: c\n", "tab@2:2", "indentation"},
      {"-\tb\n", "tab@1:2", "tab after '-'"},
      {"a: |\n\tx\n", "tab@2:1"},
      {"a: [\n\tb,\tc\n]\n", ""},
      {"a: b\tc # d\t\n", ""},
      {"a: \"b\n\tc\"\n", ""},
      {"a: |\n  b\n  \tc\n", ""},
  });
}

TEST_CASE("what stands behind the first document is not passed over in silence") {
  check({
      {"a: 1\n---\nb: 2\n", "documents@2:1", "second document"},
      {"a: 1\n---\n", "documents@2:1"},
      {"a: 1\n...\nb: 2\n", "documents@3:1", "does not belong"},
      {"   a: 1\n  b: 2\n", "documents@2:3", "does not belong"},
      {"- a\nb: 1\n", "documents@2:1"},
      {"a: 1\n...\n", ""},
      {"a: 1\n...\n# note\n", ""},
      {"a: 1\n---\n@\n", "documents@2:1"},
  });
}

TEST_CASE("keys given twice are found on every level, however they are quoted") {
  check({
      {"a: 1\n\"a\": 2\n", "duplicate@2:1", "first on line 1"},
      {"a:\n  b: 1\n  c: 2\n  'b': 3\n  b: 4\n", "duplicate@4:3 duplicate@5:3"},
      {"{a: 1, b: {c: 1, c: 2}}\n", "duplicate@1:18"},
      {"a: {x: 1}\nb: {x: 1}\n", ""},
  });
  std::string many;
  for (int index = 0; index < 100; ++index) {
    many += fmt::format("k{}: 1\n", index % 99);
  }
  CHECK(places(parse(many)) == "duplicate@100:1");
}

TEST_CASE("only the core tags are allowed, and only where they fit") {
  check({
      {"a: !!python/object/apply:os.system [x]\n", "tag@1:4", "!!python/object/apply:os.system"},
      {"a: !mine x\n", "tag@1:4", "!mine"},
      {"a: !!bool \"yes\"\n", "tag@1:4"},
      {"a: !!int x\n", "tag@1:4"},
      {"a: !!map [x]\n", "tag@1:4"},
      {"a: !!binary aGk=\n", "tag@1:4"},
      {"a: !include b.yaml\nc: !foo\nd: 1\n", "tag@1:4 tag@2:4"},
      {"a: !!str 1\nb: !!int 1\nc: !!float 1\nd: !!bool true\ne: !!seq []\nf: !!map {}\n", ""},
      {"a: ! 1\n", ""},
  });
}

TEST_CASE("merge keys are pointed out") {
  check({
      {"a: &x {b: 1}\nc:\n  <<: *x\n", "merge@3:3", "YAML 1.1"},
      {"\"<<\": {}\n", ""},
  });
}

TEST_CASE("bytes that are no YAML text are refused before the parser sees them") {
  check({
      {"a: \xFF\n", "bytes@1:4", "0xff at offset 3"},
      {"a: \xC0\xAF\n", "bytes@1:4"},
      {"a: \xED\xA0\x80\n", "bytes@1:4"},
      {"a: \xE2\x82", "bytes@1:4"},
      {std::string_view("a: \0\n", 5), "bytes@1:4", "U+0000"},
      {"a: \x1B[31m\n", "bytes@1:4", "U+001B"},
      {"a: \x7F\n", "bytes@1:4"},
      {"a: \xC2\x80\n", "bytes@1:4", "U+0080"},
      {"a: 1\rb: 2\r", "bytes@1:5", "carriage return"},
      {std::string_view("\xFF\xFE"
                        "a\0:\0",
                        6),
       "bytes@1:1", "UTF-16"},
      {std::string_view("a\0:\0", 4), "bytes@1:1", "UTF-16"},
      {"a: \xC2\x85 \xC2\xA0 \xE2\x80\x9C\n", ""},
  });
}
