// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/log_template.hpp"

#include <map>
#include <set>

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include <doctest/doctest.h>

#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

using LogsRequest = opentelemetry::proto::collector::logs::v1::ExportLogsServiceRequest;
using ProtoLog = opentelemetry::proto::logs::v1::LogRecord;

// Bodies of every type, attributes of every kind, two services, and a trace to belong to.
Scenario every_body() {
  Scenario scenario;
  scenario.name = "bodies";
  scenario.services = {{.name = "front", .scope_name = "f", .scope_version = "1"},
                       {.name = "back", .resource = {{"replicas", Value(std::int64_t{3})}}}};
  scenario.choices = {{{"item", "colour"}, {{"book", "red"}, {"pen", "blue"}, {"cup", "red"}}}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "buy", .own_time = Uniform{1ms, 9ms}});
  trace.add({.parent = root,
             .service = 1,
             .name = "pay for a {colour} {item}",
             .repeat_low = 1,
             .repeat_high = 3});
  scenario.logs = {{.service = 1,
                    .severity = 17,
                    .event_name = "payment.{colour}",
                    .body = Value("paid for a {colour} {item}, {{sic}}"),
                    .attributes = {{"item", Value("{item}")},
                                   {"tries", IntRange{-3, 100'000}},
                                   {"share", DoubleRange{0.25, 0.75}},
                                   {"order", Counter{"order-", 6}},
                                   {"session", Counter{"s", 3, 10, 4}},
                                   {"shelf", OneOf{{"north", "south-{colour}"}}},
                                   {"ok", Value(true)}},
                    .repeat = 3,
                    .span = SpanReference{0, 1}},
                   {.severity = 2, .severity_text = "fine", .body = Value(false)},
                   {.severity = 24, .body = Value(std::int64_t{-7})},
                   {.body = Value(0.5)},
                   {.body = Value(std::vector<std::string>{"a", "{item}"})},
                   {.body = Array{{Value("{item}"), Value(std::int64_t{1}), Value(true)}}},
                   {.body = Map{{{"item", Value("{item}")}, {"count", Value(std::int64_t{2})}}}},
                   {.body = Bytes{std::string("\0\xFF\x01", 3)}},
                   {.body = Empty{}},
                   {.body = Value("")}};
  return scenario;
}

LogTemplate compile_logs(const Scenario& scenario, const LogOptions& options = {.seed = 1}) {
  auto compiled = LogTemplate::compile(scenario, options);
  REQUIRE(compiled);
  return std::move(*compiled);
}

std::string encode(const LogTemplate& logs, const std::vector<Slice>& slices,
                   Anchor anchor = Anchor::start) {
  const auto workspace = logs.make_workspace();
  return std::string(logs.encode(slices, anchor, *workspace));
}

LogsRequest decode_logs(std::string_view payload) {
  LogsRequest request;
  REQUIRE(request.ParseFromArray(payload.data(), static_cast<int>(payload.size())));
  return request;
}

std::vector<Slice> whole_passes(const LogTemplate& logs, std::uint64_t count,
                                std::uint64_t first = 0) {
  std::vector<Slice> slices;
  for (std::uint64_t pass = first; pass < first + count; ++pass) {
    slices.push_back({pass, 0, logs.size(pass),
                      k_start + std::chrono::seconds(static_cast<std::int64_t>(pass))});
  }
  return slices;
}

LogsRequest passes_of(const LogTemplate& logs, std::uint64_t count, std::uint64_t first = 0) {
  return decode_logs(encode(logs, whole_passes(logs, count, first)));
}

std::vector<ProtoLog> records_of(const LogsRequest& request) {
  std::vector<ProtoLog> records;
  for (const auto& resource : request.resource_logs()) {
    for (const auto& scope : resource.scope_logs()) {
      records.insert(records.end(), scope.log_records().begin(), scope.log_records().end());
    }
  }
  return records;
}

std::uint64_t nanoseconds_of(Time time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

}  // namespace

TEST_CASE("logs: the bytes are those that protobuf itself writes for the same data") {
  const auto logs = compile_logs(every_body());
  const std::string payload = encode(logs, whole_passes(logs, 200));
  CHECK(decode_logs(payload).SerializeAsString() == payload);
}

TEST_CASE("logs: a seed gives the same bytes each time, another seed gives others") {
  const auto bytes = [](std::uint64_t seed) {
    const auto logs = compile_logs(every_body(), {.seed = seed});
    return encode(logs, whole_passes(logs, 20));
  };
  CHECK(bytes(1) == bytes(1));
  CHECK(bytes(1) != bytes(2));
}

TEST_CASE("logs: each service's resource stands once in a request") {
  const LogsRequest request = passes_of(compile_logs(every_body()), 5);
  REQUIRE(request.resource_logs_size() == 2);
  CHECK(text_of(request.resource_logs(0).resource(), "service.name") == "front");
  CHECK(request.resource_logs(0).scope_logs(0).scope().name() == "f");
  CHECK(request.resource_logs(0).scope_logs(0).log_records_size() == 5 * 9);
  CHECK(text_of(request.resource_logs(1).resource(), "service.name") == "back");
  CHECK(integer_of(request.resource_logs(1).resource(), "replicas") == 3);
  CHECK(request.resource_logs(1).scope_logs(0).log_records_size() == 5 * 3);
}

TEST_CASE("logs: bodies of every type") {
  const auto records = records_of(passes_of(compile_logs(every_body()), 1));
  REQUIRE(records.size() == 12);
  CHECK(records[0].body().bool_value() == false);
  CHECK(records[0].body().value_case() == ProtoValue::kBoolValue);
  CHECK(records[1].body().int_value() == -7);
  CHECK(records[2].body().double_value() == 0.5);
  const auto& texts = records[3].body().array_value().values();
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].string_value() == "a");
  const std::string item = texts[1].string_value();
  CHECK(std::set<std::string>{"book", "pen", "cup"}.contains(item));
  const auto& mixed = records[4].body().array_value().values();
  REQUIRE(mixed.size() == 3);
  CHECK(mixed[0].string_value() == item);
  CHECK(mixed[1].int_value() == 1);
  CHECK(mixed[2].bool_value());
  const auto& members = records[5].body().kvlist_value().values();
  REQUIRE(members.size() == 2);
  CHECK(members[0].key() == "item");
  CHECK(members[0].value().string_value() == item);
  CHECK(members[1].value().int_value() == 2);
  CHECK(records[6].body().bytes_value() == std::string("\0\xFF\x01", 3));
  CHECK(records[7].has_body());
  CHECK(records[7].body().value_case() == ProtoValue::VALUE_NOT_SET);
  CHECK(records[8].body().value_case() == ProtoValue::kStringValue);
  CHECK(records[9].body().string_value().ends_with(" " + item + ", {sic}"));
}

TEST_CASE("logs: severities have their numbers and names, events theirs") {
  const auto records = records_of(passes_of(compile_logs(every_body()), 1));
  CHECK(records[0].severity_number() == 2);
  CHECK(records[0].severity_text() == "fine");
  CHECK(records[1].severity_text() == "FATAL4");
  CHECK(records[2].severity_number() == 9);
  CHECK(records[2].severity_text() == "INFO");
  CHECK(records[9].severity_text() == "ERROR");
  CHECK(records[0].event_name() == "");
  CHECK(records[9].event_name().starts_with("payment."));
}

TEST_CASE("logs: attributes are drawn within what the scenario says, for each record anew") {
  std::set<std::int64_t> tries;
  std::set<std::string> shelves;
  std::set<std::string> items;
  const auto logs = compile_logs(every_body());
  for (std::uint64_t pass = 0; pass < 300; ++pass) {
    const auto records = records_of(passes_of(logs, 1, pass));
    for (std::size_t index = 9; index < 12; ++index) {
      const ProtoLog& record = records[index];
      REQUIRE(record.attributes_size() == 7);
      tries.insert(integer_of(record, "tries"));
      const double share = attribute_of(record, "share")->double_value();
      CHECK(share >= 0.25);
      CHECK(share <= 0.75);
      const std::string number = std::to_string(pass);
      CHECK(text_of(record, "order") == "order-" + std::string(6 - number.size(), '0') + number);
      CHECK(text_of(record, "session") == "s00" + std::to_string(pass / 10 % 4));
      CHECK(attribute_of(record, "ok")->bool_value());
      items.insert(text_of(record, "item"));
      const std::string shelf = text_of(record, "shelf");
      shelves.insert(shelf);
      if (shelf != "north") {
        CHECK(record.event_name() == "payment." + shelf.substr(6));
      }
    }
  }
  CHECK(*tries.begin() >= -3);
  CHECK(*tries.rbegin() <= 100'000);
  CHECK(tries.size() > 850);
  CHECK(items == std::set<std::string>{"book", "pen", "cup"});
  CHECK(shelves == std::set<std::string>{"north", "south-red", "south-blue"});
}

TEST_CASE("logs: parts of a pass are together what the whole is, wherever it is cut") {
  const auto logs = compile_logs(every_body());
  const std::uint32_t size = logs.size(0);
  for (const Anchor anchor : {Anchor::start, Anchor::end}) {
    const auto texts_of = [&](const std::vector<Slice>& slices) {
      std::vector<std::string> texts;
      for (const ProtoLog& record : records_of(decode_logs(encode(logs, slices, anchor)))) {
        texts.push_back(record.SerializeAsString());
      }
      return texts;
    };
    const auto whole = texts_of({{7, 0, size, k_start}});
    CHECK(whole.size() == size);
    for (std::uint32_t cut = 1; cut < size; ++cut) {
      auto parts = texts_of({{7, 0, cut, k_start}});
      const auto rest = texts_of({{7, cut, size - cut, k_start}});
      parts.insert(parts.end(), rest.begin(), rest.end());
      CHECK(parts == whole);
    }
  }
}

TEST_CASE("logs: records are a microsecond apart, from the pass's time on or up to it") {
  const auto logs = compile_logs(every_body());
  for (const Anchor anchor : {Anchor::start, Anchor::end}) {
    const auto records =
        records_of(decode_logs(encode(logs, {{0, 0, logs.size(0), k_start}}, anchor)));
    const Time first = anchor == Anchor::start ? k_start : k_start - 11us;
    for (std::size_t index = 0; index < records.size(); ++index) {
      CHECK(records[index].time_unix_nano() ==
            nanoseconds_of(first + std::chrono::microseconds(index)));
      CHECK(records[index].observed_time_unix_nano() == records[index].time_unix_nano());
    }
  }
}

TEST_CASE("logs: a record belongs to a span of the seed's trace of its pass") {
  const Scenario scenario = every_body();
  const auto traces = compile(scenario, {.seed = 1});
  std::map<std::string, std::string> names;
  for (const ProtoSpan& span : spans_of(encode_and_decode(traces, 100))) {
    names[span.trace_id() + span.span_id()] = span.name();
  }
  const auto logs = compile_logs(scenario);
  for (std::uint64_t pass = 0; pass < 100; ++pass) {
    const auto records = records_of(passes_of(logs, 1, pass));
    CHECK(records[0].trace_id().empty());
    CHECK(records[0].span_id().empty());
    CHECK(records[0].flags() == 0);
    CHECK(records[9].trace_id() == traces.trace_id(pass)->view());
    REQUIRE(names.contains(records[9].trace_id() + records[9].span_id()));
    const std::string name = names.at(records[9].trace_id() + records[9].span_id());
    CHECK(name.starts_with("pay for a "));
    CHECK(records[9].body().string_value() == "paid for " + name.substr(8) + ", {sic}");
    CHECK(records[9].flags() == (k_flag_sampled | k_flag_random));
  }
}

TEST_CASE("logs: without traces every row of a choice comes up") {
  Scenario scenario = every_body();
  scenario.traces.clear();
  scenario.logs[0].span = std::nullopt;
  scenario.choices[0].rows.clear();
  for (int row = 0; row < 100; ++row) {
    scenario.choices[0].rows.push_back({std::to_string(row), "red"});
  }
  std::set<std::string> items;
  for (const ProtoLog& record : records_of(passes_of(compile_logs(scenario), 100))) {
    if (record.attributes_size() > 0) {
      items.insert(text_of(record, "item"));
    }
  }
  CHECK(items.size() == 100);
}

TEST_CASE("logs: a span that is given is that of all records") {
  const auto span =
      parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00").value();
  const auto logs = compile_logs(every_body(), {.seed = 1, .span = span});
  for (const ProtoLog& record : records_of(passes_of(logs, 2))) {
    CHECK(record.trace_id() == span.trace_id.view());
    CHECK(record.span_id() == span.span_id.view());
    CHECK(record.flags() == 0);
  }
  const std::string payload = encode(logs, whole_passes(logs, 2));
  CHECK(decode_logs(payload).SerializeAsString() == payload);
}

TEST_CASE("logs: a scenario without them is refused") {
  const auto none = LogTemplate::compile(find_scenario("simple").value(), {.seed = 1});
  REQUIRE_FALSE(none);
  CHECK(none.error().message == "the scenario simple has no log records");
}
