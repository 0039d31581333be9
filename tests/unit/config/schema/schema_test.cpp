// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/schema/schema.hpp"

#include <string>

#include <doctest/doctest.h>

#include "config/sdk/published_schema.hpp"

using namespace otelctl::config;
using schema::Schema;
using schema::Type;

namespace {

std::string complaint(std::string_view json) {
  const auto compiled = Schema::parse(json);
  return compiled ? std::string() : compiled.error().message;
}

}  // namespace

TEST_CASE("references lead to the definitions they name, whichever comes first") {
  const auto compiled = Schema::parse(R"({
    "properties": {"a": {"$ref": "#/$defs/A"}, "b": {"$ref": "#/$defs/B"}},
    "$defs": {
      "A": {"type": "object", "properties": {"again": {"$ref": "#/$defs/A"}}},
      "B": {"type": ["integer", "null"], "minimum": 1}
    }
  })");
  REQUIRE(compiled.has_value());
  const auto a = compiled->rules(compiled->root()).find("a");
  REQUIRE(a.has_value());
  CHECK(compiled->rules(*a).name == "A");
  CHECK(compiled->rules(*a).find("again") == a);
  const auto b = compiled->rules(compiled->root()).find("b");
  REQUIRE(b.has_value());
  CHECK(compiled->rules(*b).types == (bit(Type::integer) | bit(Type::null)));
  CHECK(compiled->rules(*b).least == 1.0);
}

TEST_CASE("an assertion that is not known is refused, not skipped") {
  CHECK(complaint(R"({"pattern": "a"})") ==
        "schema: the keyword 'pattern' is not known or has an unusual value");
  CHECK(complaint(R"({"properties": {"a": {"minimum": "1"}}})") ==
        "schema: the keyword 'minimum' is not known or has an unusual value");
  CHECK(complaint(R"({"type": "bool"})") ==
        "schema: the keyword 'type' is not known or has an unusual value");
  CHECK(complaint(R"({"items": {"$ref": "#/$defs/None"}})") ==
        "schema: the reference '#/$defs/None' leads nowhere");
  CHECK(complaint(R"({"oneOf": [{"type": "object", "properties": {"a": {}}}]})") ==
        "schema: an alternative of oneOf is more than a type");
  CHECK(complaint("{").starts_with("schema: "));
  CHECK(complaint("[]") == "schema: a schema is not an object");
}

TEST_CASE("a schema of ten thousand levels is compiled without deep calls") {
  // Boost.JSON itself refuses depths above 32, which is an error and not a crash.
  std::string json;
  for (int level = 0; level < 10000; ++level) {
    json += R"({"items":)";
  }
  CHECK(complaint(json).starts_with("schema: "));
}

TEST_CASE("the published schema compiles, with its definitions and bounds") {
  const Schema& published = sdk::published_schema();
  const auto& root = published.rules(published.root());
  CHECK(root.required == std::vector<std::string>{"file_format"});
  CHECK_FALSE(root.refuses_others);
  CHECK(root.properties.size() == 11);
  std::size_t definitions = 0;
  for (schema::Id id = 0; id < published.size(); ++id) {
    definitions += published.rules(id).name.empty() ? 0U : 1U;
  }
  CHECK(definitions == 112);
  const auto provider = root.find("tracer_provider");
  REQUIRE(provider.has_value());
  CHECK(published.rules(*provider).name == "TracerProvider");
  CHECK(published.rules(*provider).required == std::vector<std::string>{"processors"});
}
