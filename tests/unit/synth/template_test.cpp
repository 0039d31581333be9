// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/template.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

// Everything at once: two services, repetition, parallel children, events, links, every kind of
// value.
Scenario zoo() {
  Scenario scenario;
  scenario.services = {{.name = "front", .scope_name = "f", .scope_version = "1"},
                       {.name = "back", .resource = {{"replicas", Value(std::int64_t{3})}}}};
  scenario.choices = {{{"item", "colour"}, {{"book", "red"}, {"pen", "blue"}}}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "buy {item}",
                               .kind = SpanKind::server,
                               .own_time = Uniform{1ms, 9ms},
                               .children = ChildOrder::parallel,
                               .attributes = {{"colour", Value("{colour}")},
                                              {"order", Counter{"order-", 6}},
                                              {"ok", ByOutcome{true, false}},
                                              {"share", Value(0.25)}}});
  const auto item = trace.add(
      {.parent = root,
       .service = 1,
       .name = "reserve",
       .kind = SpanKind::consumer,
       .own_time = Lognormal{3ms, 0.4},
       .repeat_low = 1,
       .repeat_high = 4,
       .numbers = {{.name = "a", .range = {100, 200}},
                   {.name = "b", .range = {-20, 20'000}},
                   {.name = "sum", .sum_of = {"a", "b"}}},
       .attributes = {{"a", NumberOf{"a"}},
                      {"b", NumberOf{"b"}},
                      {"sum", NumberOf{"sum"}},
                      {"shelf", OneOf{{"north", "south {colour}"}}}},
       .events = {{.name = "found", .at = 0.5, .attributes = {{"tries", IntRange{1, 1000}}}}}});
  trace.add({.parent = item,
             .name = "write",
             .own_time = Constant{2ms},
             .links = {{.span = root, .attributes = {{"why", Value("cause")}}}},
             .error = ErrorSpec{.rate = 0.1, .type = "IoError", .message = "disk full"}});
  trace.add({.parent = root, .name = "thank", .own_time = Uniform{0ns, 5ms}});
  return scenario;
}

std::map<std::string, ProtoSpan> by_id(const std::vector<ProtoSpan>& spans) {
  std::map<std::string, ProtoSpan> found;
  for (const ProtoSpan& span : spans) {
    CHECK(found.emplace(span.span_id(), span).second);
  }
  return found;
}

bool is_error(const ProtoSpan& span) {
  return span.status().code() == opentelemetry::proto::trace::v1::Status::STATUS_CODE_ERROR;
}

}  // namespace

TEST_CASE("the bytes are those that protobuf itself writes for the same data") {
  for (const Scenario& scenario : {zoo(), *find_scenario("agentmap"), *find_scenario("simple")}) {
    const std::string payload = encode(compile(scenario), whole_traces(compile(scenario), 100));
    CHECK(decode(payload).SerializeAsString() == payload);
  }
}

TEST_CASE("a seed gives the same bytes each time, another seed gives others") {
  const auto bytes = [](std::uint64_t seed) {
    const auto traces = compile(zoo(), {.seed = seed});
    return encode(traces, whole_traces(traces, 50));
  };
  CHECK(bytes(1) == bytes(1));
  CHECK(bytes(1) != bytes(2));
}

TEST_CASE("a trace is the same however long the run is and wherever it is cut") {
  const auto shorter = compile(zoo(), {.seed = 1, .traces = 3});
  const auto longer = compile(zoo(), {.seed = 1});
  CHECK(encode(shorter, whole_traces(shorter, 3)) == encode(longer, whole_traces(longer, 3)));

  const auto all = by_id(spans_of(encode_and_decode(longer, 40)));
  for (std::uint64_t trace = 0; trace < 40; ++trace) {
    for (const ProtoSpan& span : spans_of(decode(encode(longer, whole_traces(longer, 1, trace))))) {
      REQUIRE(all.contains(span.span_id()));
      CHECK(all.at(span.span_id()).SerializeAsString() == span.SerializeAsString());
    }
  }
}

TEST_CASE("ids are valid and unique, and a trace's spans share its id") {
  const auto traces = compile(zoo());
  const auto spans = spans_of(encode_and_decode(traces, 1000));
  std::set<std::string> trace_ids;
  for (const auto& [id, span] : by_id(spans)) {
    CHECK(id.size() == 8);
    CHECK(id != std::string(8, '\0'));
    CHECK(span.trace_id().size() == 16);
    trace_ids.insert(span.trace_id());
  }
  CHECK(trace_ids.size() == 1000);
  CHECK(trace_ids.contains(std::string(traces.trace_id(999)->view())));
}

TEST_CASE("every span but the root has a parent in its trace and lies within it") {
  for (const Scenario& scenario : {zoo(), *find_scenario("agentmap"), *find_scenario("simple")}) {
    const auto spans = by_id(spans_of(encode_and_decode(compile(scenario), 200)));
    std::size_t roots = 0;
    for (const auto& [id, span] : spans) {
      CHECK(span.start_time_unix_nano() <= span.end_time_unix_nano());
      if (span.parent_span_id().empty()) {
        ++roots;
        continue;
      }
      REQUIRE(spans.contains(span.parent_span_id()));
      const ProtoSpan& parent = spans.at(span.parent_span_id());
      CHECK(parent.trace_id() == span.trace_id());
      CHECK(parent.start_time_unix_nano() <= span.start_time_unix_nano());
      CHECK(span.end_time_unix_nano() <= parent.end_time_unix_nano());
    }
    CHECK(roots == 200);
  }
}

TEST_CASE("sequential children follow one another, parallel ones start together") {
  Scenario scenario;
  scenario.services = {{.name = "one"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "root", .own_time = Constant{3ms}});
  const auto both = trace.add({.parent = root,
                               .name = "both",
                               .own_time = Constant{2ms},
                               .children = ChildOrder::parallel});
  trace.add({.parent = both, .name = "short", .own_time = Constant{1ms}});
  trace.add({.parent = both, .name = "long", .own_time = Constant{4ms}});
  trace.add({.parent = root, .name = "last", .own_time = Constant{5ms}});
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> times;
  const auto begin = static_cast<std::uint64_t>(k_start.time_since_epoch().count());
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), 1))) {
    // Without the nanosecond that moves a time off the whole microsecond.
    times[span.name()] = {(span.start_time_unix_nano() - begin) / 1000,
                          (span.end_time_unix_nano() - begin) / 1000};
  }
  using Pair = std::pair<std::uint64_t, std::uint64_t>;
  CHECK(times["root"] == Pair{0, 14'000});
  CHECK(times["both"].second - times["both"].first == 6000);
  CHECK(times["short"].first == times["long"].first);
  CHECK(times["long"].second < times["both"].second);
  CHECK(times["last"].first > times["both"].second);
}

TEST_CASE("no time falls on a whole microsecond") {
  Scenario scenario = zoo();
  for (SpanSpec& span : scenario.traces[0].spans) {
    span.own_time = Constant{4ms};
  }
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), 100))) {
    CHECK(span.start_time_unix_nano() % 1000 != 0);
    CHECK(span.end_time_unix_nano() % 1000 != 0);
    for (const auto& event : span.events()) {
      CHECK(event.time_unix_nano() % 1000 != 0);
    }
  }
}

TEST_CASE("a trace's time can be its start or its end") {
  const auto traces = compile(zoo());
  const auto at = static_cast<std::uint64_t>(k_start.time_since_epoch().count());
  const auto root_of = [&](Anchor anchor) {
    return spans_of(decode(encode(traces, whole_traces(traces, 1), anchor))).front();
  };
  CHECK(root_of(Anchor::start).start_time_unix_nano() - at <= 1);
  CHECK(root_of(Anchor::end).end_time_unix_nano() - at <= 1);
  CHECK(root_of(Anchor::end).start_time_unix_nano() < at);
}

TEST_CASE("each service has one ResourceSpans in a request, with resource and scope once") {
  const Request request = encode_and_decode(compile(zoo()), 100);
  REQUIRE(request.resource_spans_size() == 2);
  const auto& front = request.resource_spans(0);
  const auto& back = request.resource_spans(1);
  CHECK(text_of(front.resource(), "service.name") == "front");
  CHECK(text_of(back.resource(), "service.name") == "back");
  CHECK(integer_of(back.resource(), "replicas") == 3);
  REQUIRE(front.scope_spans_size() == 1);
  CHECK(front.scope_spans(0).scope().name() == "f");
  CHECK(front.scope_spans(0).scope().version() == "1");
  CHECK(front.scope_spans(0).spans_size() == 200);
  REQUIRE(back.scope_spans_size() == 1);
  for (const ProtoSpan& span : back.scope_spans(0).spans()) {
    CHECK((span.name() == "reserve" || span.name() == "write"));
  }
}

TEST_CASE("flags say sampled and random, and whether the parent is another service's") {
  const auto spans = spans_of(encode_and_decode(compile(zoo()), 20));
  for (const ProtoSpan& span : spans) {
    // Only 'reserve' runs in another service than its parent.
    CHECK(span.flags() == (span.name() == "reserve" ? 0x303U : 0x103U));
  }
}

TEST_CASE("a traceparent makes the root a child of the remote span in the same trace") {
  const auto parent = parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  REQUIRE(parent);
  const auto traces =
      compile(*find_scenario("simple"), {.seed = 1, .traces = 1, .parent = *parent});
  const auto spans = spans_of(encode_and_decode(traces, 1));
  REQUIRE(spans.size() == 2);
  for (const ProtoSpan& span : spans) {
    CHECK(bytes_to_hex(span.trace_id()) == "4bf92f3577b34da6a3ce929d0e0e4736");
  }
  CHECK(bytes_to_hex(spans[0].parent_span_id()) == "00f067aa0ba902b7");
  CHECK(spans[0].flags() == 0x301);
  CHECK(spans[1].parent_span_id() == spans[0].span_id());
  CHECK(spans[1].flags() == 0x101);
}

TEST_CASE("a choice is made once for a trace and stands in all its texts") {
  std::map<std::string, int> items;
  std::map<std::string, std::string> colour_of_trace;
  const auto spans = spans_of(encode_and_decode(compile(zoo()), 320));
  for (const ProtoSpan& span : spans) {
    if (!span.parent_span_id().empty()) {
      continue;
    }
    ++items[span.name()];
    const std::string colour = text_of(span, "colour");
    CHECK(colour == (span.name() == "buy book" ? "red" : "blue"));
    colour_of_trace[span.trace_id()] = colour;
  }
  CHECK(items.size() == 2);
  for (const ProtoSpan& span : spans) {
    if (span.name() == "reserve") {
      const std::string shelf = text_of(span, "shelf");
      CHECK((shelf == "north" || shelf == "south " + colour_of_trace[span.trace_id()]));
    }
  }
}

TEST_CASE("drawn numbers stay in their ranges, fill them, and their sums are right") {
  std::set<std::int64_t> seen;
  int wide = 0;
  int negative = 0;
  const auto spans = spans_of(encode_and_decode(compile(zoo()), 1500));
  for (const ProtoSpan& span : spans) {
    if (span.name() != "reserve") {
      continue;
    }
    const auto a = integer_of(span, "a");
    const auto b = integer_of(span, "b");
    CHECK((a >= 100 && a <= 200));
    CHECK((b >= -20 && b <= 20'000));
    CHECK(integer_of(span, "sum") == a + b);
    seen.insert(a);
    wide += b > 16'383 ? 1 : 0;
    negative += b < 0 ? 1 : 0;
    REQUIRE(span.events_size() == 1);
    const auto tries = integer_of(span.events(0), "tries");
    CHECK((tries >= 1 && tries <= 1000));
  }
  // Numbers are drawn anew for each trace, not once for each of the 32 shapes.
  CHECK(seen.size() == 101);
  // 3617 of the 20,021 values of b need three bytes; their share depends on the shapes' draws.
  CHECK(wide > 0);
  CHECK(negative < 150);
}

TEST_CASE("a counter numbers the traces of the run") {
  const auto traces = compile(zoo());
  const auto spans = spans_of(decode(encode(traces, whole_traces(traces, 3, 41))));
  std::vector<std::string> orders;
  for (const ProtoSpan& span : spans) {
    if (span.parent_span_id().empty()) {
      orders.push_back(text_of(span, "order"));
    }
  }
  CHECK(orders == std::vector<std::string>{"order-000041", "order-000042", "order-000043"});
}

TEST_CASE("repetitions lie in their range and take their descendants along") {
  std::map<std::string, int> reserves;
  std::map<std::string, int> writes;
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(zoo()), 100))) {
    reserves[span.trace_id()] += span.name() == "reserve" ? 1 : 0;
    writes[span.trace_id()] += span.name() == "write" ? 1 : 0;
  }
  std::set<int> counts;
  for (const auto& [trace, count] : reserves) {
    CHECK(writes[trace] == count);
    counts.insert(count);
  }
  CHECK(counts == std::set<int>{1, 2, 3, 4});
}

TEST_CASE("events lie in their span, links lead to the span that is meant") {
  const auto spans = spans_of(encode_and_decode(compile(zoo()), 50));
  const auto found = by_id(spans);
  for (const ProtoSpan& span : spans) {
    for (const auto& event : span.events()) {
      CHECK(event.time_unix_nano() >= span.start_time_unix_nano());
      CHECK(event.time_unix_nano() <= span.end_time_unix_nano());
    }
    if (span.name() == "write") {
      REQUIRE(span.links_size() == 1);
      CHECK(span.links(0).trace_id() == span.trace_id());
      REQUIRE(found.contains(span.links(0).span_id()));
      CHECK(found.at(span.links(0).span_id()).parent_span_id().empty());
      CHECK(text_of(span.links(0), "why") == "cause");
    }
  }
}

TEST_CASE("failing spans carry status and exception, and their ancestors fail with them") {
  const auto spans = spans_of(encode_and_decode(compile(zoo()), 2000));
  const auto found = by_id(spans);
  std::size_t writes = 0;
  std::size_t failed = 0;
  std::set<std::string> failed_roots;
  for (const ProtoSpan& span : spans) {
    if (span.name() != "write") {
      continue;
    }
    ++writes;
    if (!is_error(span)) {
      CHECK(span.events_size() == 0);
      continue;
    }
    ++failed;
    CHECK(span.status().message() == "disk full");
    REQUIRE(span.events_size() == 1);
    CHECK(span.events(0).name() == "exception");
    CHECK(text_of(span.events(0), "exception.type") == "IoError");
    CHECK(text_of(span.events(0), "exception.message") == "disk full");
    const ProtoSpan& parent = found.at(span.parent_span_id());
    CHECK(is_error(parent));
    failed_roots.insert(parent.parent_span_id());
  }
  CHECK(static_cast<double>(failed) / static_cast<double>(writes) ==
        doctest::Approx(0.1).epsilon(0.3));
  for (const ProtoSpan& span : spans) {
    if (span.parent_span_id().empty()) {
      const bool has_failed = failed_roots.contains(span.span_id());
      CHECK(is_error(span) == has_failed);
      CHECK(attribute_of(span, "ok")->bool_value() == !has_failed);
    }
  }
}

TEST_CASE("a trace that is split gives the same spans in several requests") {
  const auto traces = compile(zoo());
  const std::uint32_t count = traces.size(7);
  const auto whole = by_id(spans_of(decode(encode(traces, {{7, 0, count, k_start}}))));
  std::size_t seen = 0;
  for (std::uint32_t span = 0; span < count; ++span) {
    const Request part = decode(encode(traces, {{7, span, 1, k_start}}));
    CHECK(part.resource_spans_size() == 1);
    for (const ProtoSpan& one : spans_of(part)) {
      ++seen;
      REQUIRE(whole.contains(one.span_id()));
      CHECK(whole.at(one.span_id()).SerializeAsString() == one.SerializeAsString());
    }
  }
  CHECK(seen == count);
}

TEST_CASE("parts of traces are right whatever the workspace has made before") {
  const auto traces = compile(zoo());
  const auto workspace = traces.make_workspace();
  const Time later = k_start + 5s;
  const std::vector<std::vector<Slice>> requests{{{7, 0, 2, k_start}},
                                                 {{7, 2, 1, later}},
                                                 {{8, 1, 1, k_start}, {7, 1, 2, k_start}},
                                                 {{9, 0, traces.size(9), k_start}},
                                                 {{9, 1, 1, later}},
                                                 {{7, 1, 2, later}}};
  for (const Anchor anchor : {Anchor::start, Anchor::end}) {
    for (const std::vector<Slice>& slices : requests) {
      CHECK(std::string(traces.encode(slices, anchor, *workspace)) ==
            encode(traces, slices, anchor));
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

TEST_CASE("a scenario that cannot be drawn is an error, not a crash") {
  CHECK_FALSE(TraceTemplate::compile(Scenario{}, {}));
  Scenario greedy = zoo();
  for (int count = 0; count < 20; ++count) {
    greedy.traces[0].add({.parent = 0, .name = "many", .repeat_low = 4900, .repeat_high = 4900});
  }
  for (SpanSpec& span : greedy.traces[0].spans) {
    for (int count = 0; count < 10; ++count) {
      span.attributes.push_back({"n" + std::to_string(count), IntRange{0, 9}});
    }
  }
  const auto compiled = TraceTemplate::compile(greedy, {});
  REQUIRE_FALSE(compiled);
  CHECK(compiled.error().message.find("more than a million numbers") != std::string::npos);
}
