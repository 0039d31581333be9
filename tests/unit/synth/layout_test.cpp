// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

Scenario with_services(std::size_t count) {
  Scenario scenario;
  for (std::size_t index = 0; index < count; ++index) {
    scenario.services.push_back({.name = "s" + std::to_string(index)});
  }
  scenario.traces.emplace_back();
  return scenario;
}

// An order that is sent to two consumers, one of which sends on; and work after the sending.
Scenario messages() {
  Scenario scenario = with_services(2);
  TraceSpec& trace = scenario.traces[0];
  const auto root = trace.add({.name = "root", .own_time = Uniform{1ms, 2ms}});
  const auto send = trace.add(
      {.parent = root, .name = "send", .kind = SpanKind::producer, .own_time = Uniform{0ns, 90us}});
  trace.add({.parent = send, .name = "connect", .own_time = Uniform{1us, 9us}});
  const auto bill = trace.add({.parent = send,
                               .service = 1,
                               .name = "bill",
                               .kind = SpanKind::consumer,
                               .own_time = Uniform{5ms, 9ms},
                               .chain = 2});
  const auto forward = trace.add({.parent = bill,
                                  .name = "forward",
                                  .kind = SpanKind::producer,
                                  .own_time = Uniform{1us, 1ms}});
  trace.add({.parent = forward,
             .service = 0,
             .name = "archive",
             .kind = SpanKind::consumer,
             .own_time = Constant{20ms}});
  trace.add({.parent = send,
             .service = 1,
             .name = "ship",
             .kind = SpanKind::consumer,
             .own_time = Uniform{1ms, 40ms}});
  trace.add({.parent = root, .name = "answer", .own_time = Uniform{1us, 2us}});
  return scenario;
}

std::map<std::string, ProtoSpan> by_name(const std::vector<ProtoSpan>& spans) {
  std::map<std::string, ProtoSpan> found;
  for (const ProtoSpan& span : spans) {
    found.emplace(span.name(), span);
  }
  return found;
}

bool is_consumed(const ProtoSpan& span, const ProtoSpan& parent) {
  return span.kind() == ProtoSpan::SPAN_KIND_CONSUMER &&
         parent.kind() == ProtoSpan::SPAN_KIND_PRODUCER;
}

}  // namespace

TEST_CASE("a consumer begins after its producer's end, everything else lies within its parent") {
  const auto traces = compile(messages());
  for (std::uint64_t trace = 0; trace < 100; ++trace) {
    const auto spans = spans_of(decode(encode(traces, whole_traces(traces, 1, trace))));
    std::map<std::string, ProtoSpan> by_id;
    for (const ProtoSpan& span : spans) {
      by_id[span.span_id()] = span;
    }
    std::set<std::string> consumed;
    for (const ProtoSpan& span : spans) {
      CHECK(span.start_time_unix_nano() <= span.end_time_unix_nano());
      if (span.parent_span_id().empty()) {
        continue;
      }
      const ProtoSpan& parent = by_id.at(span.parent_span_id());
      if (is_consumed(span, parent)) {
        consumed.insert(span.name());
        CHECK(span.start_time_unix_nano() > parent.end_time_unix_nano());
      } else {
        CHECK(span.start_time_unix_nano() >= parent.start_time_unix_nano());
        CHECK(span.end_time_unix_nano() <= parent.end_time_unix_nano());
      }
    }
    CHECK(consumed == std::set<std::string>{"archive", "bill", "ship"});
  }
}

TEST_CASE("nobody waits for a consumer: the producer is no longer for it, nor is the root") {
  const auto traces = compile(messages());
  for (std::uint64_t trace = 0; trace < 50; ++trace) {
    const auto spans = by_name(spans_of(decode(encode(traces, whole_traces(traces, 1, trace)))));
    const auto duration = [&](const std::string& name) {
      const ProtoSpan& span = spans.at(name);
      return span.end_time_unix_nano() - span.start_time_unix_nano();
    };
    CHECK(duration("send") <= 100'002);
    CHECK(duration("root") <= 2'110'002);
    CHECK(spans.at("answer").start_time_unix_nano() >= spans.at("send").end_time_unix_nano());
    // What comes back from the second consumer is in the first one's time.
    CHECK(spans.at("archive").end_time_unix_nano() > spans.at("root").end_time_unix_nano());
  }
}

TEST_CASE("anchored at its end the whole trace ends there, consumers too") {
  const auto traces = compile(messages());
  const auto at = static_cast<std::uint64_t>(k_start.time_since_epoch().count());
  for (std::uint64_t trace = 0; trace < 50; ++trace) {
    std::uint64_t last = 0;
    for (const ProtoSpan& span :
         spans_of(decode(encode(traces, whole_traces(traces, 1, trace), Anchor::end)))) {
      last = std::max(last, span.end_time_unix_nano());
    }
    CHECK(last - at <= 1);
  }
}

TEST_CASE("a chain's spans are each the only child of the one before") {
  Scenario scenario = with_services(2);
  TraceSpec& trace = scenario.traces[0];
  const auto root = trace.add({.name = "root", .chain = 3});
  const auto link = trace.add({.parent = root,
                               .service = 1,
                               .name = "link",
                               .repeat_low = 2,
                               .repeat_high = 2,
                               .chain = 4});
  trace.add({.parent = link, .name = "leaf", .links = {{.span = link}, {.span = root}}});
  const auto spans = spans_of(encode_and_decode(compile(scenario), 1));
  REQUIRE(spans.size() == 3 + 2 * (4 + 1));
  std::map<std::string, ProtoSpan> by_id;
  std::map<std::string, std::vector<std::string>> children;
  for (const ProtoSpan& span : spans) {
    by_id[span.span_id()] = span;
    children[span.parent_span_id()].push_back(span.span_id());
  }
  const auto only_child = [&](const std::string& id) {
    REQUIRE(children[id].size() == 1);
    return children[id].front();
  };
  const std::string first_root = only_child("");
  const std::string last_root = only_child(only_child(first_root));
  REQUIRE(children[last_root].size() == 2);
  std::set<std::string> targets;
  for (const std::string& first_link : children[last_root]) {
    std::string at = first_link;
    for (int count = 0; count < 3; ++count) {
      CHECK(by_id.at(at).name() == "link");
      CHECK(by_id.at(at).flags() == (at == first_link ? 0x303U : 0x103U));
      at = only_child(at);
    }
    const ProtoSpan& leaf = by_id.at(only_child(at));
    CHECK(leaf.name() == "leaf");
    REQUIRE(leaf.links_size() == 2);
    targets.insert(leaf.links(0).span_id());
    CHECK(leaf.links(1).span_id() == first_root);
  }
  // Both lead to the first span of the first repetition's chain.
  REQUIRE(targets.size() == 1);
  CHECK(by_id.at(*targets.begin()).parent_span_id() == last_root);
}

TEST_CASE("parallel children in parallel children end before their parents do") {
  Scenario scenario = with_services(1);
  TraceSpec& trace = scenario.traces[0];
  const auto parallel = ChildOrder::parallel;
  const auto root =
      trace.add({.name = "root", .own_time = Uniform{1ms, 2ms}, .children = parallel});
  const auto inner = trace.add({.parent = root,
                                .name = "inner",
                                .own_time = Uniform{0ns, 2ms},
                                .children = parallel,
                                .repeat_low = 3,
                                .repeat_high = 3});
  trace.add({.parent = inner,
             .name = "leaf",
             .own_time = Uniform{0ns, 9ms},
             .repeat_low = 0,
             .repeat_high = 5});
  for (std::uint64_t number = 0; number < 100; ++number) {
    const auto traces = compile(scenario);
    const auto spans = spans_of(decode(encode(traces, whole_traces(traces, 1, number))));
    std::map<std::string, std::uint64_t> longest;
    std::map<std::string, std::set<std::uint64_t>> starts;
    for (const ProtoSpan& span : spans) {
      const std::uint64_t duration = span.end_time_unix_nano() - span.start_time_unix_nano();
      longest[span.parent_span_id()] = std::max(longest[span.parent_span_id()], duration);
      starts[span.parent_span_id()].insert(span.start_time_unix_nano());
    }
    for (const ProtoSpan& span : spans) {
      const std::uint64_t own =
          span.end_time_unix_nano() - span.start_time_unix_nano() - longest[span.span_id()];
      CHECK(own <= (span.name() == "leaf" ? 9'000'002U : 2'000'002U));
      CHECK(starts[span.span_id()].size() <= 1);
    }
  }
}

TEST_CASE("a span's events stand in the order in which they happen, its exception last") {
  Scenario scenario = with_services(1);
  scenario.traces[0].add({.name = "root",
                          .own_time = Uniform{1ms, 2ms},
                          .events = {{"late", 0.9}, {"end", 1.0}, {"early", 0.1}, {"too", 0.1}},
                          .error = ErrorSpec{.rate = 1.0, .type = "E", .message = "m"}});
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), 50))) {
    std::vector<std::string> names;
    std::uint64_t last = span.start_time_unix_nano();
    for (const auto& event : span.events()) {
      names.push_back(event.name());
      CHECK(event.time_unix_nano() >= last);
      last = event.time_unix_nano();
    }
    CHECK(last <= span.end_time_unix_nano());
    CHECK(names == std::vector<std::string>{"early", "too", "late", "end", "exception"});
  }
}

TEST_CASE("each failing span says why, and its ancestors with it") {
  Scenario scenario = with_services(1);
  TraceSpec& trace = scenario.traces[0];
  const auto root = trace.add({.name = "root"});
  const auto left = trace.add({.parent = root, .name = "left"});
  trace.add({.parent = left, .name = "a", .error = ErrorSpec{1.0, "E", "first"}});
  const auto right = trace.add({.parent = root, .name = "right"});
  trace.add({.parent = right, .name = "b", .error = ErrorSpec{1.0, "E", "second"}});
  trace.add({.parent = right, .name = "c", .error = ErrorSpec{1.0, "E", "own", false}});
  const auto spans = by_name(spans_of(encode_and_decode(compile(scenario), 1)));
  CHECK(spans.at("root").status().message() == "first");
  CHECK(spans.at("left").status().message() == "first");
  CHECK(spans.at("right").status().message() == "second");
  CHECK(spans.at("c").status().message() == "own");
}
