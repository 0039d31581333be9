// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/value_json.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "trace/nested_value.hpp"

using namespace otelctl::trace;

namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t k_large = 9'223'372'036'854'775'807;

// {"k": ["NaN", NaN, 9223372036854775807, bytes, nothing], "<\"": true}
Value a_map(StringPool& texts) {
  std::string packed(1, nested::k_begin_map);
  nested::append_text(packed, "k");
  packed += nested::k_begin_array;
  nested::append_text(packed, "NaN");
  nested::append(packed, {ValueType::real, false, 0, std::nan(""), {}});
  nested::append(packed, {ValueType::integer, false, k_large});
  nested::append(packed, {ValueType::bytes, false, 0, 0, "AAEC"});
  nested::append(packed, {});
  packed += nested::k_end_array;
  nested::append_text(packed, "<\"");
  nested::append(packed, {ValueType::boolean, true});
  packed += nested::k_end_map;
  return Value::of_map(texts.intern(packed));
}

}  // namespace

TEST_CASE("values are shown with their own type") {
  StringPool texts;
  CHECK(value_json(texts, {}) == "null");
  CHECK(value_json(texts, Value::of_text(texts.intern("a\"\x1b"))) == "\"a\\\"\\u001b\"");
  CHECK(value_json(texts, Value::of_integer(9007199254740992)) == "9007199254740992");
  CHECK(value_json(texts, Value::of_integer(9007199254740993)) == "\"9007199254740993\"");
  CHECK(value_json(texts, Value::of_real(2)) == "2.0");
  CHECK(value_json(texts, Value::of_real(-k_infinity)) == "\"-Infinity\"");
  CHECK(value_json(texts, Value::of_bytes(texts.intern("AAEC"))) == "{\"base64\":\"AAEC\"}");
  CHECK(value_json(texts, a_map(texts)) ==
        R"({"k":["NaN","NaN","9223372036854775807",{"base64":"AAEC"},null],"<\"":true})");
}

TEST_CASE("OTLP's JSON tells what is shown alike") {
  StringPool texts;
  CHECK(otlp_value_json(texts, {}) == "{}");
  CHECK(otlp_value_json(texts, Value::of_text(texts.intern("NaN"))) == R"({"stringValue":"NaN"})");
  CHECK(otlp_value_json(texts, Value::of_real(std::nan(""))) == R"({"doubleValue":"NaN"})");
  CHECK(otlp_value_json(texts, Value::of_real(k_infinity)) == R"({"doubleValue":"Infinity"})");
  CHECK(otlp_value_json(texts, Value::of_integer(1)) == R"({"intValue":"1"})");
  CHECK(otlp_value_json(texts, Value::of_boolean(false)) == R"({"boolValue":false})");
  CHECK(otlp_value_json(texts, a_map(texts)) ==
        R"({"kvlistValue":{"values":[{"key":"k","value":{"arrayValue":{"values":[)"
        R"({"stringValue":"NaN"},{"doubleValue":"NaN"},{"intValue":"9223372036854775807"},)"
        R"({"bytesValue":"AAEC"},{}]}}},{"key":"<\"","value":{"boolValue":true}}]}})");
}

TEST_CASE("bytes in OTLP's JSON are base64 that every reader takes, or text") {
  StringPool texts;
  const auto bytes = [&](std::string_view base64) {
    return otlp_value_json(texts, Value::of_bytes(texts.intern(base64)));
  };
  CHECK(bytes("AAE") == R"({"bytesValue":"AAE="})");
  CHECK(bytes("") == R"({"bytesValue":""})");
  CHECK(bytes("not base64!") == R"({"stringValue":"not base64!"})");
}

TEST_CASE("a value as one text is what the Collector makes of it") {
  StringPool texts;
  CHECK(value_text(texts, {}).empty());
  CHECK(value_text(texts, Value::of_text(texts.intern("a\"b"))) == "a\"b");
  CHECK(value_text(texts, Value::of_integer(k_large)) == "9223372036854775807");
  CHECK(value_text(texts, Value::of_real(2)) == "2");
  CHECK(value_text(texts, Value::of_real(-k_infinity)) == "-Infinity");
  CHECK(value_text(texts, Value::of_boolean(true)) == "true");
  CHECK(value_text(texts, Value::of_bytes(texts.intern("AAEC"))) == "AAEC");
  CHECK(value_text(texts, a_map(texts)) ==
        R"({"k":["NaN","NaN",9223372036854775807,"AAEC",null],"<\"":true})");
}
