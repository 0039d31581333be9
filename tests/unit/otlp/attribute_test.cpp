// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/attribute.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::otlp;

namespace {

AttributeValue value_of(std::string_view text) {
  const auto attribute = parse_attribute(text);
  REQUIRE(attribute);
  return attribute->value;
}

Error error_of(std::string_view text) {
  const auto attribute = parse_attribute(text);
  REQUIRE_FALSE(attribute);
  return attribute.error();
}

}  // namespace

TEST_CASE("a value is a string unless the key ends in a type") {
  CHECK(parse_attribute("retries=3") == Attribute{"retries", AttributeValue("3")});
  CHECK(parse_attribute("commit=1e10") == Attribute{"commit", AttributeValue("1e10")});
  CHECK(parse_attribute("empty=") == Attribute{"empty", AttributeValue("")});
  CHECK(parse_attribute("query=a=b") == Attribute{"query", AttributeValue("a=b")});
}

TEST_CASE("each type suffix gives a value of its type") {
  CHECK(value_of("retries:int=-3") == AttributeValue(std::int64_t{-3}));
  CHECK(value_of("big:int=9223372036854775807") ==
        AttributeValue(std::numeric_limits<std::int64_t>::max()));
  CHECK(value_of("ratio:double=0.5") == AttributeValue(0.5));
  CHECK(value_of("ok:bool=true") == AttributeValue(true));
  CHECK(value_of("ok:bool=false") == AttributeValue(false));
  CHECK(value_of("ids:string[]=a,b") == AttributeValue(std::vector<std::string>{"a", "b"}));
  CHECK(value_of("ids:string[]=") == AttributeValue(std::vector<std::string>{}));
  CHECK(parse_attribute("urn:x:string=1") == Attribute{"urn:x", AttributeValue("1")});
}

TEST_CASE("a value that is not of its type is an error that names key and value") {
  CHECK(error_of("retries:int=3.5").message ==
        "attribute 'retries': '3.5' is not a 64-bit integer");
  CHECK(error_of("big:int=9223372036854775808").kind == ErrorKind::usage);
  CHECK(error_of("ok:bool=yes").hint == "write true or false");
  CHECK(error_of("ratio:double=nan").message == "attribute 'ratio': 'nan' is not a number");
  CHECK(error_of("ratio:double=0.5x").kind == ErrorKind::usage);
}

TEST_CASE("a misspelt type is answered with the nearest, another one with the list") {
  CHECK(error_of("retries:itn=3").hint == "did you mean 'int'?");
  CHECK(error_of("db:statement=x").hint.find("'db:statement:string'") != std::string::npos);
}

TEST_CASE("an attribute without '=' or without a key is an error") {
  CHECK(error_of("retries").message == "attribute 'retries' has no '='");
  CHECK(error_of("=3").message == "an attribute has no key");
  CHECK(error_of(":int=3").message == "an attribute has no key");
}

TEST_CASE("text that is not UTF-8 is refused, because no receiver could read it") {
  CHECK(error_of("name=\xff").hint == "OTLP carries text as UTF-8 only");
}

TEST_CASE("setting an attribute replaces the one of the same key") {
  std::vector<Attribute> attributes{{"a", AttributeValue("1")}, {"b", AttributeValue("2")}};
  set_attribute(attributes, {"a", AttributeValue("3")});
  set_attribute(attributes, {"c", AttributeValue("4")});
  CHECK(attributes == std::vector<Attribute>{{"a", AttributeValue("3")},
                                             {"b", AttributeValue("2")},
                                             {"c", AttributeValue("4")}});
}
