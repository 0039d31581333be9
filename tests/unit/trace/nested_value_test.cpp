// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/nested_value.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "trace/value_json.hpp"

using namespace otelctl::trace;

namespace {

// Writes down what it meets.
class Notes final : public nested::Visitor {
 public:
  void begin_array() override { text += "["; }
  void end_array() override { text += "]"; }
  void begin_map() override { text += "{"; }
  void end_map() override { text += "}"; }
  void key(std::string_view name) override { text += std::string(name) + "="; }
  void scalar(const Scalar& scalar) override {
    StringPool texts;
    const Text content = texts.intern(scalar.text);
    const Value value = scalar.type == ValueType::text      ? Value::of_text(content)
                        : scalar.type == ValueType::bytes   ? Value::of_bytes(content)
                        : scalar.type == ValueType::boolean ? Value::of_boolean(scalar.boolean)
                        : scalar.type == ValueType::integer ? Value::of_integer(scalar.integer)
                        : scalar.type == ValueType::real    ? Value::of_real(scalar.real)
                                                            : Value();
    text += value_json(texts, value) + ";";
  }
  std::string text;
};

std::string met(std::string_view packed) {
  Notes notes;
  nested::visit(packed, notes);
  return notes.text;
}

std::string packed_array() {
  std::string packed(1, nested::k_begin_array);
  nested::append(packed, {ValueType::text, false, 0, 0, "a;b:3]{"});
  nested::append(packed, {ValueType::text, false, 0, 0, "NaN"});
  nested::append(packed, {ValueType::real, false, 0, std::nan(""), {}});
  nested::append(packed, {ValueType::real, false, 0, -0.5, {}});
  nested::append(packed, {ValueType::integer, false, std::numeric_limits<std::int64_t>::min()});
  nested::append(packed, {ValueType::boolean, true});
  nested::append(packed, {ValueType::boolean, false});
  nested::append(packed, {ValueType::bytes, false, 0, 0, "AAEC"});
  nested::append(packed, {});
  return packed + nested::k_end_array;
}

}  // namespace

TEST_CASE("every type comes out of an array as it went in") {
  CHECK(met(packed_array()) ==
        "[\"a;b:3]{\";\"NaN\";\"NaN\";-0.5;\"-9223372036854775808\";true;false;"
        "{\"base64\":\"AAEC\"};null;]");
}

TEST_CASE("a map's texts are keys and values in turn, however deep") {
  std::string packed(1, nested::k_begin_map);
  nested::append_text(packed, "k");
  nested::append_text(packed, "text");
  nested::append_text(packed, "k");
  packed += nested::k_begin_array;
  packed += nested::k_begin_map;
  nested::append_text(packed, "");
  nested::append(packed, {});
  packed += nested::k_end_map;
  packed += nested::k_end_array;
  nested::append_text(packed, "last");
  packed += nested::k_begin_map;
  packed += nested::k_end_map;
  packed += nested::k_end_map;
  CHECK(met(packed) == "{k=\"text\";k=[{=null;}]last={}}");
  CHECK(nested::texts_in(packed) == std::vector<std::string>{"text"});
}

TEST_CASE("a hundred thousand levels need no stack") {
  constexpr std::size_t k_depth = 100'000;
  const std::string packed =
      std::string(k_depth, nested::k_begin_array) + std::string(k_depth, nested::k_end_array);
  CHECK(met(packed).size() == 2 * k_depth);
}

TEST_CASE("what is cut short is met as far as it goes") {
  const std::string packed = packed_array();
  for (std::size_t length = 0; length <= packed.size(); ++length) {
    CHECK(met(packed.substr(0, length)).size() <= met(packed).size());
  }
}
