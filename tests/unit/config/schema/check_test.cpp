// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/schema/check.hpp"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "yaml/parse.hpp"
#include "yaml/scalar.hpp"

using namespace otelctl;
using namespace otelctl::config;
using schema::Schema;
using schema::Type;

namespace {

constexpr std::string_view k_schema = R"({
  "type": "object",
  "additionalProperties": false,
  "required": ["name"],
  "properties": {
    "name": {"type": "string"},
    "size": {"type": ["integer", "null"], "exclusiveMinimum": 0},
    "ratio": {"type": "number", "minimum": 0, "maximum": 1},
    "on": {"type": "boolean"},
    "level": {"type": ["string", "null"], "enum": ["info", "warn"]},
    "tags": {"type": "array", "minItems": 1, "items": {"type": "string"}},
    "tree": {"$ref": "#/$defs/Tree"},
    "any": {},
    "one": {"oneOf": [{"type": "string"}, {"type": "number"},
            {"type": "array", "items": {"type": "string"}, "minItems": 1},
            {"type": "array", "items": {"type": "number"}, "minItems": 1}]},
    "picks": {"type": "array", "items": {"type": "object", "properties": {"left": {}}}},
    "pairs": {"type": "array", "items": {"type": "object",
              "properties": {"name": {"type": "string"}, "value": {"type": "string"}}}},
    "pick": {"type": "object", "minProperties": 1, "maxProperties": 1,
             "properties": {"left": {}, "right": {}},
             "additionalProperties": {"type": ["object", "null"]}}
  },
  "$defs": {"Tree": {"type": ["object", "null"], "additionalProperties": false,
                     "properties": {"sub": {"$ref": "#/$defs/Tree"}}}}
})";

// Types as YAML 1.2 has them; text that says "unknown" stands for a reference without a value.
schema::Value read(const yaml::Document& document, yaml::NodeId id) {
  const yaml::Node& node = document.node(id);
  schema::Value value;
  value.text = std::string(node.text);
  value.is_known = value.text != "unknown";
  if (node.kind == yaml::NodeKind::null) {
    value.type = Type::null;
  } else if (node.is_plain()) {
    switch (yaml::resolve_plain(node.text).core) {
      case yaml::ScalarType::boolean:
        value.type = Type::boolean;
        break;
      case yaml::ScalarType::integer:
        value.type = Type::integer;
        value.number = static_cast<double>(yaml::read_integer(node.text).value_or(0));
        break;
      case yaml::ScalarType::number:
        value.type = Type::number;
        value.number = yaml::read_number(node.text).value_or(0);
        break;
      default:
        break;
    }
  }
  return value;
}

struct Outcome {
  yaml::Parsed parsed;
  schema::Checked checked;

  // "LINE:COLUMN path: message (help)", a line each.
  std::string text() const {
    std::string lines;
    for (const schema::Violation& each : checked.violations) {
      const yaml::Position at = parsed.document.position(each.place.begin);
      lines +=
          fmt::format("{}:{} {}: {} ({}){}\n", at.line, at.column, each.place.path, each.message,
                      each.help, each.replacement ? " -> " + *each.replacement : "");
    }
    return lines;
  }
};

Outcome run(std::string yaml) {
  static const Schema compiled = *Schema::parse(k_schema);
  Outcome outcome{yaml::parse(std::move(yaml)), {}};
  REQUIRE(outcome.parsed.is_whole);
  const yaml::Document& document = outcome.parsed.document;
  const schema::Reading reading{
      [&](yaml::NodeId node, auto /*types*/, const auto& /*place*/) {
        return read(document, node);
      },
      {},
      [](const schema::Rules& /*map*/, std::string_view key) { return key == "size"; }};
  outcome.checked = schema::check(document, document.root(), compiled, reading);
  return outcome;
}

}  // namespace

TEST_CASE("what keeps to the schema has no violations") {
  CHECK(run("name: a\nsize: 1\nratio: 1\non: true\nlevel: info\ntags: [a]\n"
            "tree: {sub: {sub: }}\nany: [1, {}]\none: [1, 2.5]\npick: {left: }\n")
            .text() == "");
  CHECK(run("name: a\nlevel:\nsize: ~\npick:\n  other: {a: 1}\none: unknown\nratio: unknown\n")
            .text() == "");
}

TEST_CASE("each kind of violation has its place, words and help") {
  CHECK(run("name: 1\n").text() ==
        "1:7 name: name: expected text, found the number '1' (put it in quotes) -> \"1\"\n");
  CHECK(run("size: 0\n").text() ==
        "1:1 : the file lacks the key 'name' (add name: at the top)\n"
        "1:7 size: size must be above 0, not [REDACTED] (write a number above 0)\n");
  CHECK(run("name: a\nratio: 1.5\n").text() ==
        "2:8 ratio: ratio must be between 0 and 1, not '1.5' (write a number between 0 and 1)\n");
  CHECK(run("name: a\nsize: 5s\n").text() ==
        "2:7 size: size: expected a whole number, found text [REDACTED] (write digits only, "
        "without a "
        "unit)\n");
  CHECK(run("name: a\non: \"true\"\n").text() ==
        "2:5 on: on: expected true or false, found text 'true' (remove the quotes: in quotes it is "
        "text)\n");
  CHECK(run("name: a\nlevel: warning\n").text() ==
        "2:8 level: 'warning' is not one of info or warn (did you mean 'warn'?)\n");
  CHECK(run("name: a\nlevel: nonsense\n").text() ==
        "2:8 level: 'nonsense' is not one of info or warn (write info or warn)\n");
  CHECK(run("name: a\npicks:\n- left\n").text() ==
        "3:3 picks[0]: picks[0]: expected a map, found text 'left' (a colon is missing: write "
        "left:) -> left:\n");
  CHECK(run("name: a\npicks: [left]\n").text() ==
        "2:9 picks[0]: picks[0]: expected a map, found text 'left' (a colon is missing: write "
        "left:) -> {left: }\n");
  CHECK(run("name: a\npairs: {a: b}\n").text() ==
        "2:8 pairs: pairs: expected a list, found a map (write each as '- name: NAME' with 'value: "
        "VALUE' under it)\n");
  CHECK(run("name: a\nlevel: WARN\n").text() ==
        "2:8 level: 'WARN' is not one of info or warn (names are lower case here: warn) -> warn\n");
  CHECK(run("name: a\nnmae: b\n").text() ==
        "2:1 nmae: unknown key 'nmae' at the top (did you mean 'name'?)\n");
  CHECK(run("name: a\ntree:\n  sub:\n    subs: \n").text() ==
        "4:5 tree.sub.subs: unknown key 'subs' under sub (did you mean 'sub'?)\n");
  CHECK(run("name: a\ntags: []\n").text() ==
        "2:1 tags: tags needs at least 1 item (give it an item, or remove the key)\n");
  CHECK(run("name: a\ntags: a,b\n").text() ==
        "2:7 tags: tags: expected a list, found text 'a,b' (write one item a line, each behind '- "
        "')\n");
  CHECK(run("name: a\ntags: [a, 2]\n").text() ==
        "2:11 tags[1]: tags[1]: expected text, found the number '2' (put it in quotes) -> \"2\"\n");
  CHECK(run("name: a\ntree: [a]\n").text() ==
        "2:7 tree: tree: expected a map, found a list (remove the dashes in front of its keys)\n");
  CHECK(run("name: a\npick: {}\n").text() ==
        "2:1 pick: pick is empty (give it one of left or right)\n");
  CHECK(
      run("name: a\npick:\n  left: 1\n  right: 2\n").text() ==
      "4:3 pick.right: pick takes one of these at a time, found 'right' beside 'left' (write each "
      "as an item of its own, or indent what belongs to the first under it)\n");
  CHECK(
      run("name: a\npick:\n  other: 1\n").text() ==
      "3:10 pick.other: other: expected a map, found the number '1' (indent its keys under it)\n");
}

TEST_CASE("alternatives are told apart by type") {
  CHECK(
      run("name: a\none: {}\n").text() ==
      "2:6 one: one: expected text, a number or a list, found a map (write a single value here)\n");
  CHECK(run("name: a\none: [a, 1]\n").text() ==
        "2:6 one: one: the items are of several types (write all of them as text, numbers or "
        "booleans)\n");
  CHECK(run("name: a\none: []\n").text() ==
        "2:6 one: one needs at least one item (give it an item)\n");
  CHECK(run("name: a\none: [[1]]\n").text() ==
        "2:7 one: one: a list of single values cannot hold a list (write single values of one "
        "type)\n");
}

TEST_CASE("what an alias leads to is judged at each path that leads there") {
  const Outcome outcome = run("name: a\ntree: &t\n  wrong: 1\nany: *t\n");
  CHECK(outcome.checked.violations.size() == 1);
  const Outcome twice = run("name: a\ntree: &t {sub: {no: 1}}\npick: {left: *t}\n");
  CHECK(twice.checked.violations.size() == 1);
}

TEST_CASE("the visits are in the order of the file and know their paths") {
  const Outcome outcome = run("name: a\ntags: [x, y]\ntree: {sub: }\n");
  std::string paths;
  for (std::size_t visit = 0; visit < outcome.checked.visits.size(); ++visit) {
    paths += outcome.checked.path_of(outcome.parsed.document, visit) + " ";
  }
  CHECK(paths == " name tags tags[0] tags[1] tree tree.sub ");
}

TEST_CASE("a document as deep as documents may be costs no stack") {
  std::string text = "name: a\ntree: ";
  for (int level = 0; level < 200; ++level) {
    text += "{sub: ";
  }
  text += "{no: 1}" + std::string(200, '}') + "\n";
  CHECK(run(text).checked.violations.size() == 1);
}

TEST_CASE("a million mistakes end at a bounded number of violations") {
  std::string text = "name: a\ntags:\n";
  for (int item = 0; item < 30000; ++item) {
    text += "- 1\n";
  }
  CHECK(run(text).checked.violations.size() == schema::k_most_violations);
}
