// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/packed_text.hpp"

#include <string>

#include <doctest/doctest.h>

#include "base/ids.hpp"
#include "trace/value_json.hpp"

using namespace otelctl;

namespace {

std::string attributes(trace::TraceBuilder& builder, trace::Range range) {
  std::string text;
  for (std::uint32_t at = range.first; at < range.first + range.count; ++at) {
    const trace::Attribute& each = builder.columns().attributes[at];
    text += " " + std::string(builder.columns().texts[each.key]) + "=" +
            trace::value_json(builder.columns().texts, each.value);
  }
  return text;
}

// The event's name, its attributes, and how many were dropped.
std::string unpacked(const std::string& text) {
  trace::TraceBuilder builder;
  trace::Event event;
  query::unpack_event(text, event, builder);
  return std::string(builder.columns().texts[event.name]) + attributes(builder, event.attributes) +
         " " + std::to_string(event.dropped_attributes);
}

std::string unpacked_link(const std::string& text) {
  trace::TraceBuilder builder;
  const auto link = query::unpack_link(text, builder);
  return link ? to_hex(link->trace_id) + " " + to_hex(link->span_id) + " " +
                    std::string(builder.columns().texts[link->trace_state]) +
                    attributes(builder, link->attributes) + " " +
                    std::to_string(link->dropped_attributes)
              : "no link";
}

}  // namespace

TEST_CASE("an event comes out of what the exporters make of it") {
  CHECK(unpacked("exception") == "exception 0");
  CHECK(unpacked(R"(exception|{"exception.type":"E","n":3,"ok":true,"r":1.5}|2)") ==
        R"(exception exception.type="E" n=3 ok=true r=1.5 2)");
  CHECK(unpacked(R"(a|b|{"k":"x|y"}|0)") == R"(a|b k="x|y" 0)");
  CHECK(unpacked(R"("cache.miss": {"key":"a"})") == R"(cache.miss key="a" 0)");
  CHECK(unpacked(R"(cache.miss: {"key":"a"})") == R"(cache.miss key="a" 0)");
  CHECK(unpacked(R"({"cache.miss": {"key": "a", "n": [1, null, {"b": 9007199254740993}]}})") ==
        R"(cache.miss key="a" n=[1,null,{"b":"9007199254740993"}] 0)");
}

TEST_CASE("an annotation of another kind is a name as it is") {
  CHECK(unpacked("") == " 0");
  CHECK(unpacked("a|b|c") == "a|b|c 0");
  CHECK(unpacked("a|{no json}|0") == "a|{no json}|0 0");
  CHECK(unpacked(R"(a|{"k":1}|many)") == R"(a|{"k":1}|many 0)");
  CHECK(unpacked(R"(a|{"k":1}{"l":2}|0)") == R"(a|{"k":1}{"l":2}|0 0)");
  CHECK(unpacked(R"(a|{"k":1}[2]|0)") == R"(a|{"k":1}[2]|0 0)");
  CHECK(unpacked("wait: {soon}") == "wait: {soon} 0");
  CHECK(unpacked("{}") == "{} 0");
  CHECK(unpacked("{: {}}") == " 0");
  CHECK(unpacked(std::string(100000, '{')) == std::string(100000, '{') + " 0");
  CHECK(unpacked("x: {\"a\":" + std::string(100000, '[')).size() > 100000);
}

TEST_CASE("a link comes out of the Collector's tag") {
  CHECK(unpacked_link(
            R"(0af7651916cd43dd8448eb211c80319c|b7ad6b7169203331|a=b|{"k":"v|w","n":1}|4)") ==
        R"(0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 a=b k="v|w" n=1 4)");
  CHECK(unpacked_link("0af7651916cd43dd8448eb211c80319c|b7ad6b7169203331||{}|0") ==
        "0af7651916cd43dd8448eb211c80319c b7ad6b7169203331  0");
  for (const char* other : {"", "a|b", "x|b|c|{}|0", "0af7651916cd43dd8448eb211c80319c|{}|0",
                            "0af7651916cd43dd8448eb211c80319c|b7ad6b7169203331|s|x|0"}) {
    CHECK(unpacked_link(other) == "no link");
  }
}
