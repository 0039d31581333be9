// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/json_events.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace otelctl;
using namespace otelctl::query;

namespace {

// Writes every call down.
class Recorder final : public JsonHandler {
 public:
  void begin_object() override { m_log += "{"; }
  void end_object() override { m_log += "}"; }
  void begin_array() override { m_log += "["; }
  void end_array() override { m_log += "]"; }
  void key(std::string_view name) override { m_log += fmt::format("{}:", name); }
  void scalar(const JsonScalar& value) override {
    switch (value.type) {
      case JsonScalar::Type::null:
        m_log += "null ";
        break;
      case JsonScalar::Type::boolean:
        m_log += value.boolean ? "true " : "false ";
        break;
      case JsonScalar::Type::integer:
        m_log += fmt::format("i{} ", value.integer);
        break;
      case JsonScalar::Type::large_integer:
        m_log += fmt::format("u{} ", value.large_integer);
        break;
      case JsonScalar::Type::real:
        m_log += fmt::format("d{} ", value.real);
        break;
      case JsonScalar::Type::text:
        m_log += fmt::format("'{}' ", value.text);
        break;
    }
  }
  const std::string& log() const { return m_log; }

 private:
  std::string m_log;
};

std::string record(std::string_view text, std::size_t piece = 1000) {
  Recorder recorder;
  JsonFeed feed(recorder);
  for (std::size_t at = 0; at < text.size(); at += piece) {
    if (const auto fed = feed.feed(text.substr(at, piece)); !fed) {
      return "error: " + fed.error().message;
    }
  }
  const auto finished = feed.finish();
  return finished ? recorder.log() : "error: " + finished.error().message;
}

constexpr std::string_view k_text =
    R"({"a":[1,-2,18446744073709551615,0.1,1e3,true,null],"b":{"c\u00e9\n":"x\"y"}})";
constexpr std::string_view k_log =
    "{a:[i1 i-2 u18446744073709551615 d0.1 d1000 true null ]b:{cé\n:'x\"y' }}";

}  // namespace

TEST_CASE("events come in the order of the text") {
  CHECK(record(k_text) == k_log);
}

TEST_CASE("pieces of any size give the same events") {
  for (std::size_t piece = 1; piece <= k_text.size(); ++piece) {
    REQUIRE(record(k_text, piece) == k_log);
  }
}

TEST_CASE("several texts may follow each other") {
  for (std::size_t piece = 1; piece < 12; ++piece) {
    CHECK(record("{\"a\":1}{\"a\":2}\n[3]", piece) == "{a:i1 }{a:i2 }[i3 ]");
  }
}

TEST_CASE("white space around a text is nothing") {
  CHECK(record(" \r\n {} \n") == "{}");
  CHECK(record(" \n").empty());
}

TEST_CASE("a double is the nearest one to its digits") {
  CHECK(record("[0.30000000000000004]") == "[d0.30000000000000004 ]");
  CHECK(record("[123456789.12345678]", 3) == "[d123456789.12345678 ]");
}

TEST_CASE("a text that is cut short is not whole") {
  for (std::size_t length = 1; length < k_text.size(); ++length) {
    REQUIRE(record(k_text.substr(0, length)) ==
            fmt::format("error: the answer is cut short after {} bytes", length));
  }
}

TEST_CASE("what is no JSON is an error of kind not_understood") {
  Recorder recorder;
  JsonFeed feed(recorder);
  const auto fed = feed.feed("{\"a\":oops}");
  REQUIRE_FALSE(fed.has_value());
  CHECK(fed.error().kind == ErrorKind::not_understood);
  CHECK(fed.error().message.starts_with("the answer is not JSON ("));
}

TEST_CASE("nesting has a limit") {
  CHECK(record(std::string(256, '[') + std::string(256, ']')).size() == 512);
  CHECK(record(std::string(2'000'000, '[')) ==
        "error: the answer is nested deeper than 256 levels");
}

TEST_CASE("a handler can end the reading") {
  class Refusing final : public JsonHandler {
   public:
    void begin_object() override {}
    void end_object() override {}
    void begin_array() override {}
    void end_array() override {}
    void key(std::string_view) override {}
    void scalar(const JsonScalar&) override {}
    Result<void> verdict() const override { return fail(ErrorKind::failed, "enough"); }
  };
  Refusing refusing;
  JsonFeed feed(refusing);
  const auto fed = feed.feed("{");
  REQUIRE_FALSE(fed.has_value());
  CHECK(fed.error().message == "enough");
}
