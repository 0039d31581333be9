// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

std::vector<ProtoSpan> one_trace_of(const std::string& scenario) {
  return spans_of(encode_and_decode(compile(find_scenario(scenario).value()), 1));
}

// How far below the root the deepest span is.
std::size_t depth_of(const std::vector<ProtoSpan>& spans) {
  std::map<std::string, std::string> parents;
  for (const ProtoSpan& span : spans) {
    parents[span.span_id()] = span.parent_span_id();
  }
  std::map<std::string, std::size_t> depths{{"", 0}};
  std::size_t deepest = 0;
  for (const ProtoSpan& span : spans) {
    // Depth first: a parent stands before its children.
    deepest = std::max(deepest, depths[span.span_id()] = depths.at(parents[span.span_id()]) + 1);
  }
  return deepest;
}

std::size_t bytes_of(const ProtoSpan& span) {
  std::size_t bytes = 0;
  const auto add = [&](const auto& attributes) {
    for (const auto& attribute : attributes) {
      bytes += attribute.value().string_value().size();
      for (const ProtoValue& item : attribute.value().array_value().values()) {
        bytes += item.string_value().size();
      }
    }
  };
  add(span.attributes());
  for (const auto& event : span.events()) {
    add(event.attributes());
  }
  return bytes;
}

Error refusal(std::string_view name) {
  const auto scenario = find_scenario(name);
  REQUIRE_FALSE(scenario);
  CHECK(scenario.error().kind == ErrorKind::usage);
  return scenario.error();
}

}  // namespace

TEST_CASE("deep is a chain of as many spans as asked for") {
  for (const auto& [name, count] :
       std::map<std::string, std::size_t>{{"deep", 100}, {"deep:1", 1}, {"deep:2500", 2500}}) {
    const auto spans = one_trace_of(name);
    CHECK(spans.size() == count);
    CHECK(depth_of(spans) == count);
  }
  CHECK(check_scenario(find_scenario("deep:100000").value()));
}

TEST_CASE("wide is a span with as many children as asked for, which overlap") {
  for (const auto& [name, children] :
       std::map<std::string, std::size_t>{{"wide", 100}, {"wide:1", 1}, {"wide:2500", 2500}}) {
    const auto spans = one_trace_of(name);
    CHECK(spans.size() == children + 1);
    CHECK(depth_of(spans) == 2);
    std::set<std::uint64_t> starts;
    for (const ProtoSpan& span : spans) {
      starts.insert(span.start_time_unix_nano());
    }
    CHECK(starts.size() == 2);
  }
  CHECK(check_scenario(find_scenario("wide:99999").value()));
}

TEST_CASE("every span of large-attributes carries the size that was asked for") {
  for (const auto& [name, bytes] : std::map<std::string, std::size_t>{
           {"large-attributes", 16'384}, {"large-attributes:1000000B", 1'000'000}}) {
    const auto spans = one_trace_of(name);
    CHECK(spans.size() == 4);
    for (const ProtoSpan& span : spans) {
      CAPTURE(span.name());
      CHECK(bytes_of(span) == bytes);
    }
    CHECK(spans[1].attributes_size() == 128);
    CHECK(text_of(spans[0], "large.text").substr(64, 8) == "00000064");
  }
}

TEST_CASE("one trace of the largest size fits into the largest request") {
  const auto traces = compile(find_scenario("large-attributes:8MiB").value());
  CHECK(encode(traces, whole_traces(traces, 1)).size() < (std::size_t{64} << 20U));
}

TEST_CASE("sizes that are none are refused with those that are possible") {
  CHECK(refusal("deep:many").message == "deep: 'many' is not a whole number");
  CHECK(refusal("deep:many").hint == "1 to 100000, as in deep:100");
  CHECK(refusal("deep:").message == "deep: '' is not a whole number");
  CHECK(refusal("deep:-3").message == "deep: '-3' is not a whole number");
  CHECK(refusal("deep:0").message == "deep: 0 lies outside what is possible");
  CHECK(refusal("deep:100001").message == "deep: 100001 lies outside what is possible");
  CHECK(refusal("deep:99999999999999999999999").hint == "1 to 100000, as in deep:100");
  CHECK(refusal("wide:100000").hint == "1 to 99999, as in wide:100");
  CHECK(refusal("large-attributes:64").message == "large-attributes: '64' has no unit");
  CHECK(refusal("large-attributes:64").hint == "write 64MiB for mebibytes or 64B for bytes");
  CHECK(refusal("large-attributes:9MiB").hint == "1KiB to 8MiB, as in large-attributes:16KiB");
  CHECK(refusal("large-attributes:1B").message ==
        "large-attributes: 1B lies outside what is possible");
}

TEST_CASE("a scenario of one size only takes none") {
  CHECK(refusal("agentmap:10").message == "the scenario agentmap takes no size");
  CHECK(refusal("agentmap:10").hint ==
        "write agentmap; sizes are for deep, large-attributes, wide");
  CHECK(refusal("agentmap:").message == "the scenario agentmap takes no size");
  CHECK(refusal("dep:10").hint == "did you mean 'deep'?");
}

TEST_CASE("unicode is right as UTF-8 and holds what terminals stumble on") {
  std::string everything;
  for (const ProtoSpan& span : one_trace_of("unicode")) {
    everything += span.name() + "\n";
    for (const auto& attribute : span.attributes()) {
      everything += attribute.key() + "=" + attribute.value().string_value() + "\n";
    }
    for (const auto& event : span.events()) {
      everything += event.name() + "\n";
    }
    everything += span.status().message() + "\n";
  }
  CHECK(is_valid_utf8(everything));
  for (const std::string& part :
       {std::string("\x1B]0;owned\x07"), std::string("\x1B[2J"), std::string("\u009B2J"),
        std::string("\u202E"), std::string("nul\0l", 5), std::string("👩\u200D👩"),
        std::string("日本"), std::string("e\u0301"), std::string("בדיקת"), std::string("\r\n"),
        std::string("{\"json\": {}}"), std::string("\U0010FFFF")}) {
    CAPTURE(part);
    CHECK(everything.find(part) != std::string::npos);
  }
}

TEST_CASE("kinds has every kind of span and type of attribute") {
  std::set<int> kinds;
  std::set<int> types;
  for (const ProtoSpan& span : one_trace_of("kinds")) {
    kinds.insert(span.kind());
    for (const auto& attribute : span.attributes()) {
      types.insert(attribute.value().value_case());
    }
  }
  CHECK(kinds == std::set<int>{1, 2, 3, 4, 5});
  CHECK(types == std::set<int>{ProtoValue::kStringValue, ProtoValue::kBoolValue,
                               ProtoValue::kIntValue, ProtoValue::kDoubleValue,
                               ProtoValue::kArrayValue});
}
