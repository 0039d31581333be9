// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"

#include <limits>
#include <sstream>

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("a document is written as it goes") {
  std::ostringstream out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object().member("a", 1).key("b").begin_array().value("x").value(true).value(0.5);
  json.end_array().key("c").begin_object().end_object().end_object();
  CHECK(out.str() == "{\"a\":1,\"b\":[\"x\",true,0.5],\"c\":{}}\n");
}

TEST_CASE("the spread layout indents by two and keeps empty brackets together") {
  std::ostringstream out;
  JsonWriter json(out);
  json.begin_object().key("a").begin_array().value(1).end_array().key("b").begin_array();
  json.end_array().end_object();
  CHECK(out.str() == "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}\n");
}

TEST_CASE("strings come out as valid JSON whatever they hold") {
  CHECK(to_json_string("a\"b\\c\n\x01\x7f") == "\"a\\\"b\\\\c\\n\\u0001\\u007f\"");
  CHECK(to_json_string("a\xff") == "\"a\uFFFD\"");
  CHECK(to_json_string("日本") == "\"日本\"");
  // A terminal may take U+009B for the beginning of a control sequence.
  CHECK(to_json_string("a\xc2\x9b\xc2\xa0\xc2") == "\"a\\u009b\xc2\xa0\uFFFD\"");
}

TEST_CASE("numbers keep their value, and what JSON lacks is a string as in OTLP") {
  std::ostringstream out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_array();
  json.value(std::numeric_limits<std::uint64_t>::max()).value(std::int64_t{-1}).value(0.1);
  json.value(std::numeric_limits<double>::infinity());
  json.value(std::numeric_limits<double>::quiet_NaN()).end_array();
  CHECK(out.str() == "[18446744073709551615,-1,0.1,\"Infinity\",\"NaN\"]\n");
}
