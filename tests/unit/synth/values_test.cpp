// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "synth/decks.hpp"
#include "synth/patches.hpp"
#include "synth/shape.hpp"
#include "synth/shape_count.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

// One service, one span with these attributes.
Scenario one_span(std::vector<AttributeSpec> attributes) {
  Scenario scenario;
  scenario.services = {{.name = "one"}};
  scenario.traces.emplace_back().add({.name = "root", .attributes = std::move(attributes)});
  return scenario;
}

std::vector<double> doubles_of(const Scenario& scenario, std::uint64_t count) {
  std::vector<double> values;
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), count))) {
    const ProtoValue* value = attribute_of(span, "d");
    REQUIRE(value != nullptr);
    REQUIRE(value->value_case() == ProtoValue::kDoubleValue);
    values.push_back(value->double_value());
  }
  return values;
}

std::vector<std::string> texts_of(const Scenario& scenario, std::uint64_t count,
                                  std::uint64_t first = 0) {
  const auto traces = compile(scenario);
  std::vector<std::string> texts;
  for (const auto& span : spans_of(decode(encode(traces, whole_traces(traces, count, first))))) {
    texts.push_back(text_of(span, "t"));
  }
  return texts;
}

std::vector<Value> names(int count) {
  std::vector<Value> values;
  for (int number = 0; number < count; ++number) {
    std::string name(static_cast<std::size_t>(number % 17), 'x');
    name += std::to_string(number);
    values.emplace_back(std::move(name));
  }
  return values;
}

}  // namespace

TEST_CASE("doubles are drawn anew for each trace, evenly from their range") {
  const auto values = doubles_of(one_span({{"d", DoubleRange{-1.5, 2.5}}}), 4000);
  double sum = 0.0;
  std::set<double> different;
  for (const double value : values) {
    CHECK((value >= -1.5 && value <= 2.5));
    sum += value;
    different.insert(value);
  }
  CHECK(different.size() == values.size());
  CHECK(sum / 4000.0 == doctest::Approx(0.5).epsilon(0.1));
}

TEST_CASE("a range of doubles may be a point, and never gives more than its end") {
  for (const double value : doubles_of(one_span({{"d", DoubleRange{0.1, 0.1}}}), 50)) {
    CHECK(value == 0.1);
  }
  // Here low + width * share rounds to above the end now and then.
  const double low = 1.0;
  const double high = std::nextafter(1.0, 2.0);
  for (const double value : doubles_of(one_span({{"d", DoubleRange{low, high}}}), 200)) {
    CHECK((value == low || value == high));
  }
  const double most = std::numeric_limits<double>::max();
  for (const double value : doubles_of(one_span({{"d", DoubleRange{0.0, most}}}), 200)) {
    CHECK((value >= 0.0 && value <= most));
  }
}

TEST_CASE("a counter can stand for several traces, and begin again") {
  const auto counted = [](std::uint64_t per, std::uint64_t distinct, std::uint64_t first = 0) {
    return texts_of(one_span({{"t", Counter{"s-", 3, per, distinct}}}), 7, first);
  };
  using Texts = std::vector<std::string>;
  CHECK(counted(1, 0) == Texts{"s-000", "s-001", "s-002", "s-003", "s-004", "s-005", "s-006"});
  CHECK(counted(3, 0) == Texts{"s-000", "s-000", "s-000", "s-001", "s-001", "s-001", "s-002"});
  CHECK(counted(1, 3) == Texts{"s-000", "s-001", "s-002", "s-000", "s-001", "s-002", "s-000"});
  CHECK(counted(2, 2) == Texts{"s-000", "s-000", "s-001", "s-001", "s-000", "s-000", "s-001"});
  CHECK(counted(1, 0, 998).back() == "s-004");
}

TEST_CASE("counters that go alike agree in a trace, others do not mix with them") {
  const auto spans = spans_of(encode_and_decode(compile(one_span({{"a", Counter{"a", 6, 2}},
                                                                  {"b", Counter{"b-", 3, 2}},
                                                                  {"c", Counter{"c", 12, 3}},
                                                                  {"d", Counter{"d", 5, 2, 2}}})),
                                                9));
  REQUIRE(spans.size() == 9);
  CHECK(text_of(spans[8], "a") == "a000004");
  CHECK(text_of(spans[8], "b") == "b-004");
  CHECK(text_of(spans[8], "c") == "c000000000002");
  CHECK(text_of(spans[8], "d") == "d00000");
}

TEST_CASE("counters have as many digits as they say") {
  for (unsigned digits = 1; digits <= 20; ++digits) {
    const std::uint64_t number = 1'234'567'890'123;
    const auto text = texts_of(one_span({{"t", Counter{"", digits}}}), 1, number).front();
    const std::string all = "00000001234567890123";
    CHECK(text == all.substr(20 - digits));
  }
}

TEST_CASE("counters on every span are right in each part of a trace that is cut") {
  const std::vector<AttributeSpec> counters{
      {"few", Counter{"a-", 3}}, {"same", Counter{"", 6}}, {"many", Counter{"c-", 12}}};
  Scenario scenario = one_span(counters);
  scenario.traces[0].add(
      {.parent = 0, .name = "child", .repeat_low = 8, .repeat_high = 8, .attributes = counters});
  const auto traces = compile(scenario);
  std::size_t seen = 0;
  for (std::uint32_t first = 0; first < 9; first += 3) {
    for (const auto& span : spans_of(decode(encode(traces, {{12'345, first, 3, k_start}})))) {
      CHECK(text_of(span, "few") == "a-345");
      CHECK(text_of(span, "same") == "012345");
      CHECK(text_of(span, "many") == "c-000000012345");
      ++seen;
    }
  }
  CHECK(seen == 9);
}

TEST_CASE("the last eight digits of a number") {
  const auto text = [](std::uint64_t number) {
    const std::uint64_t word = digits_of(number);
    std::string digits;
    for (unsigned byte = 0; byte < 8; ++byte) {
      digits += static_cast<char>(word >> (8 * byte));
    }
    return digits;
  };
  CHECK(text(0) == "00000000");
  CHECK(text(99'999'999) == "99999999");
  CHECK(text(100'000'001) == "00000001");
  for (std::uint64_t number = 0; number < 100'000'000; number += 98'765) {
    const std::string plain = std::to_string(number);
    CHECK(text(number) == std::string(8 - plain.size(), '0') + plain);
  }
}

TEST_CASE("integers of every width are drawn and written right") {
  const auto low_end = std::numeric_limits<std::int64_t>::min();
  const auto high_end = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t middle :
       {low_end, std::int64_t{-1}, std::int64_t{0}, std::int64_t{127}, std::int64_t{16'384},
        std::int64_t{1} << 21U, std::int64_t{1} << 28U, std::int64_t{1} << 35U,
        std::int64_t{1} << 49U, std::int64_t{1} << 56U, std::int64_t{1} << 62U, high_end}) {
    const std::int64_t low = middle < low_end + 500 ? low_end : middle - 500;
    const std::int64_t high = middle > high_end - 500 ? high_end : middle + 500;
    Scenario scenario =
        one_span({{"n", IntRange{low, high}}, {"s", Value("between")}, {"m", IntRange{low, high}}});
    scenario.traces[0].spans[0].events = {{"e", 0.5, {{"n", IntRange{low, high}}}}};
    const auto traces = compile(scenario);
    const std::string payload = encode(traces, whole_traces(traces, 100));
    CHECK(decode(payload).SerializeAsString() == payload);
    for (const ProtoSpan& span : spans_of(decode(payload))) {
      CHECK((integer_of(span, "n") >= low && integer_of(span, "n") <= high));
      CHECK((integer_of(span, "m") >= low && integer_of(span, "m") <= high));
      CHECK(text_of(span, "s") == "between");
      const auto in_event = integer_of(span.events(0), "n");
      CHECK((in_event >= low && in_event <= high));
    }
  }
}

TEST_CASE("the widths of varints do not change what is drawn from a range") {
  Scenario scenario;
  scenario.services = {{.name = "one"}};
  SpanSpec root{.name = "root"};
  // Many spans, so that the shapes draw the range often enough.
  for (int count = 0; count < 60; ++count) {
    root.attributes.push_back({"n" + std::to_string(count), IntRange{0, 511}});
  }
  TraceSpec& trace = scenario.traces.emplace_back();
  trace.add(std::move(root));
  double sum = 0.0;
  std::uint64_t short_ones = 0;
  std::uint64_t all = 0;
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), 320))) {
    for (const auto& attribute : span.attributes()) {
      ++all;
      short_ones += attribute.value().int_value() < 128 ? 1U : 0U;
      sum += static_cast<double>(attribute.value().int_value());
    }
  }
  CHECK(static_cast<double>(short_ones) / static_cast<double>(all) ==
        doctest::Approx(0.25).epsilon(0.08));
  CHECK(sum / static_cast<double>(all) == doctest::Approx(255.5).epsilon(0.03));
}

TEST_CASE("a sum whose length would change leaves its parts as free as can be") {
  Scenario scenario = one_span({{"a", NumberOf{"a"}}, {"b", NumberOf{"b"}}, {"s", NumberOf{"s"}}});
  scenario.traces[0].spans[0].numbers = {{.name = "a", .range = {-300, 300}},
                                         {.name = "b", .range = {0, 40'000}},
                                         {.name = "s", .sum_of = {"a", "b", "a"}}};
  std::set<std::int64_t> seen;
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), 3000))) {
    const std::int64_t a = integer_of(span, "a");
    const std::int64_t b = integer_of(span, "b");
    CHECK((a >= -300 && a <= 300 && b >= 0 && b <= 40'000));
    CHECK(integer_of(span, "s") == a + b + a);
    seen.insert(b);
  }
  CHECK(seen.size() > 1500);
}

TEST_CASE("every value of a list comes up, each as often as the others") {
  for (const int length : {3, 33, 300, 1000}) {
    CAPTURE(length);
    std::map<std::string, int> seen;
    for (const std::string& text : texts_of(one_span({{"t", OneOf{names(length)}}}), 9000)) {
      ++seen[text];
    }
    CHECK(seen.size() == static_cast<std::size_t>(length));
    for (const auto& [text, count] : seen) {
      CHECK(count == doctest::Approx(9000.0 / length).epsilon(0.12));
    }
  }
}

TEST_CASE("a run of few traces already shows as many values of a list") {
  const auto texts = texts_of(one_span({{"t", OneOf{names(300)}}}), 40);
  CHECK(std::set<std::string>(texts.begin(), texts.end()).size() == 40);
}

TEST_CASE("a list may hold values of any type") {
  const Scenario scenario = one_span(
      {{"b", OneOf{{Value(true), Value(false)}}},
       {"d", OneOf{{Value(0.5), Value(1e300)}}},
       {"i", OneOf{{Value(std::int64_t{1}), Value(std::int64_t{300})}}},
       {"l",
        OneOf{{Value(std::vector<std::string>{"x", "y"}), Value(std::vector<std::string>{})}}}});
  std::set<std::string> seen;
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), 64))) {
    for (const auto& attribute : span.attributes()) {
      seen.insert(attribute.SerializeAsString());
    }
  }
  CHECK(seen.size() == 8);
}

TEST_CASE("shapes are as many as the longest list is long, and share out the others evenly") {
  const auto wanted = [](std::vector<std::size_t> lengths) {
    Scenario scenario = one_span({});
    for (const std::size_t length : lengths) {
      scenario.traces[0].spans[0].attributes.push_back(
          {"a", OneOf{std::vector<Value>(length, Value(true))}});
    }
    return shapes_wanted(scenario, scenario.traces[0]);
  };
  CHECK(wanted({}) == 32);
  CHECK(wanted({5}) == 35);
  CHECK(wanted({3, 4}) == 36);
  CHECK(wanted({8, 9, 10}) == 90);
  CHECK(wanted({300, 7}) == 300);
  CHECK(wanted({5000}) == k_max_shapes);
}

TEST_CASE("a deck gives every card before one comes again") {
  SeededRandom random(1);
  Decks decks;
  const int list = 0;
  for (int round = 0; round < 20; ++round) {
    std::set<std::size_t> seen;
    for (int card = 0; card < 10; ++card) {
      seen.insert(decks.draw(&list, 10, random));
    }
    CHECK(seen.size() == 10);
    CHECK(*seen.rbegin() == 9);
  }
}

TEST_CASE("numbers of repetitions come up evenly") {
  Scenario scenario = one_span({});
  SpanSpec again;
  again.name = "again";
  again.parent = 0;
  again.repeat_high = 5;
  scenario.traces[0].spans.push_back(again);
  CHECK(shapes_wanted(scenario, scenario.traces[0]) == 35);
  SeededRandom random(1);
  Decks decks;
  std::map<std::size_t, int> shapes;
  for (int index = 0; index < 35; ++index) {
    const auto shape = draw_shape(scenario, 0, random, decks);
    REQUIRE(shape);
    ++shapes[shape->spans.size() - 1];
  }
  CHECK(shapes == std::map<std::size_t, int>{{1, 7}, {2, 7}, {3, 7}, {4, 7}, {5, 7}});
}
