// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/replay.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include <doctest/doctest.h>

#include "otlp/json_codec.hpp"
#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

using Logs = opentelemetry::proto::collector::logs::v1::ExportLogsServiceRequest;
using Metrics = opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceRequest;

constexpr std::uint64_t k_captured = 1'700'000'000'123'456'789;
const std::string k_first_trace = "first-trace-id--";
const std::string k_second_trace = "second-trace-id-";
const std::string k_foreign_trace = "foreign-trace-id";

ProtoSpan& add_span(opentelemetry::proto::trace::v1::ScopeSpans& scope, const std::string& trace,
                    const std::string& id, const std::string& parent, std::uint64_t start) {
  ProtoSpan& span = *scope.add_spans();
  span.set_trace_id(trace);
  span.set_span_id(id);
  span.set_parent_span_id(parent);
  span.set_name("span " + id);
  span.set_start_time_unix_nano(k_captured + start);
  span.set_end_time_unix_nano(k_captured + start + 1001);
  span.set_flags(0x101);
  span.set_trace_state("vendor=1");
  return span;
}

// As a Collector writes it: the spans of two traces mixed, resources in several entries. The second
// trace begins first.
Request captured() {
  Request request;
  auto& front = *request.add_resource_spans();
  front.set_schema_url("https://opentelemetry.io/schemas/1.37.0");
  auto& service = *front.mutable_resource()->add_attributes();
  service.set_key("service.name");
  service.mutable_value()->set_string_value("front");
  auto& scope = *front.add_scope_spans();
  scope.mutable_scope()->set_name("tracer");
  scope.set_schema_url("https://opentelemetry.io/schemas/1.30.0");
  add_span(scope, k_first_trace, "root-1--", "", 5000);
  add_span(scope, k_second_trace, "root-2--", "", 0);

  auto& back = *request.add_resource_spans();
  back.mutable_resource()->set_dropped_attributes_count(1);
  auto& other = *back.add_scope_spans();
  ProtoSpan& child = add_span(other, k_first_trace, "child-1-", "root-1--", 5100);
  auto& event = *child.add_events();
  event.set_time_unix_nano(k_captured + 5200);
  event.set_name("an event");
  child.add_events()->set_name("without a time");
  auto& link = *child.add_links();
  link.set_trace_id(k_second_trace);
  link.set_span_id("root-2--");
  link.set_trace_state("linked=1");
  link.set_flags(0x301);
  auto& foreign = *child.add_links();
  foreign.set_trace_id(k_foreign_trace);
  foreign.set_span_id("foreign-");
  add_span(other, k_second_trace, "orphan--", "missing-", 100);

  // The front's entry once more, as the next batch of the same program brings it.
  auto& again = *request.add_resource_spans();
  again = front;
  again.mutable_scope_spans(0)->clear_spans();
  add_span(*again.mutable_scope_spans(0), k_first_trace, "child-2-", "child-1-", 5300);
  return request;
}

std::string json_of(const std::string& payload, Signal signal = Signal::traces) {
  return *otlp::payload_to_json(signal, payload);
}

// A line for each value.
std::string pretty(const std::string& json) {
  std::string text;
  bool is_in_string = false;
  for (const char byte : json) {
    text += byte;
    is_in_string = byte == '"' ? !is_in_string : is_in_string;
    if (!is_in_string && (byte == ',' || byte == '{' || byte == '[')) {
      text += "\r\n  ";
    }
  }
  return text + "\n";
}

std::string with_length(const std::string& payload) {
  std::string bytes;
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    bytes += static_cast<char>(payload.size() >> (shift - 8));
  }
  return bytes + payload;
}

Replay read(std::string_view bytes, Signal signal = Signal::traces, std::uint64_t seed = 1) {
  auto replay = Replay::read(bytes, "capture", signal, {.seed = seed});
  REQUIRE_MESSAGE(replay, (replay ? "" : replay.error().message));
  return std::move(*replay);
}

std::string refusal(std::string_view bytes, Signal signal = Signal::traces) {
  const auto replay = Replay::read(bytes, "capture", signal, {});
  REQUIRE_FALSE(replay);
  CHECK(replay.error().kind == ErrorKind::settings);
  return replay.error().message;
}

std::string encode_units(const Replay& replay, std::uint64_t first, std::uint64_t count,
                         Anchor anchor = Anchor::start) {
  std::vector<Slice> slices;
  for (std::uint64_t unit = first; unit < first + count; ++unit) {
    slices.push_back({unit, 0, replay.size(unit), k_start});
  }
  const auto workspace = replay.make_workspace();
  return std::string(replay.encode(slices, anchor, *workspace));
}

std::map<std::string, ProtoSpan> by_name(const Request& request) {
  std::map<std::string, ProtoSpan> spans;
  for (const ProtoSpan& span : spans_of(request)) {
    CHECK(spans.emplace(span.name(), span).second);
  }
  return spans;
}

std::set<std::string> ids_of(const Request& request) {
  std::set<std::string> ids;
  for (const ProtoSpan& span : spans_of(request)) {
    ids.insert({span.trace_id(), span.span_id(), span.parent_span_id()});
    for (const auto& link : span.links()) {
      ids.insert({link.trace_id(), link.span_id()});
    }
  }
  ids.erase("");
  return ids;
}

// Gives new ids in the order of what they replace, so that two requests of one structure are equal.
class Numbering {
 public:
  void renumber(std::string& id) {
    if (!id.empty()) {
      const auto number = m_numbers.try_emplace(id, m_numbers.size() + 1).first->second;
      id = std::to_string(number);
    }
  }

 private:
  std::map<std::string, std::size_t> m_numbers;
};

// What must be the same after a replay: all but the ids' values and the times' origin.
std::multiset<std::string> structure_of(const Request& request) {
  std::map<std::string, std::uint64_t> starts;
  for (const ProtoSpan& span : spans_of(request)) {
    auto& start = starts.try_emplace(span.trace_id(), span.start_time_unix_nano()).first->second;
    start = std::min<std::uint64_t>(start, span.start_time_unix_nano());
  }
  std::map<std::string, std::pair<std::string, ProtoSpan>> spans;
  for (const auto& resource : request.resource_spans()) {
    auto own = resource;
    own.clear_scope_spans();
    for (const auto& scope : resource.scope_spans()) {
      auto its_own = scope;
      its_own.clear_spans();
      for (const ProtoSpan& span : scope.spans()) {
        spans[span.name()] = {own.SerializeAsString() + its_own.SerializeAsString(), span};
      }
    }
  }
  Numbering numbers;
  std::multiset<std::string> structure;
  for (auto& [name, entry] : spans) {
    ProtoSpan& span = entry.second;
    const std::uint64_t start = starts.at(span.trace_id());
    span.set_start_time_unix_nano(span.start_time_unix_nano() - start);
    span.set_end_time_unix_nano(span.end_time_unix_nano() - start);
    numbers.renumber(*span.mutable_trace_id());
    numbers.renumber(*span.mutable_span_id());
    numbers.renumber(*span.mutable_parent_span_id());
    for (auto& event : *span.mutable_events()) {
      event.set_time_unix_nano(event.time_unix_nano() == 0 ? 0 : event.time_unix_nano() - start);
    }
    for (auto& link : *span.mutable_links()) {
      numbers.renumber(*link.mutable_trace_id());
      numbers.renumber(*link.mutable_span_id());
    }
    structure.insert(entry.first + span.SerializeAsString());
  }
  return structure;
}

}  // namespace

TEST_CASE("every form of a capture gives the same requests") {
  const std::string payload = captured().SerializeAsString();
  const std::string expected = encode_units(read(payload), 0, 2);
  const std::string json = json_of(payload);
  CHECK(spans_of(decode(expected)).size() == 5);
  CHECK(encode_units(read(json), 0, 2) == expected);
  CHECK(encode_units(read("\xEF\xBB\xBF\n " + json + "\n\n"), 0, 2) == expected);
  CHECK(encode_units(read(pretty(json)), 0, 2) == expected);
  CHECK(encode_units(read(with_length(payload)), 0, 2) == expected);

  SUBCASE("over several documents") {
    std::string lines;
    std::string pages;
    std::string messages;
    std::string joined;  // protobuf merges what stands one after the other
    const Request whole = captured();
    for (const auto& resource : whole.resource_spans()) {
      Request one;
      *one.add_resource_spans() = resource;
      lines += json_of(one.SerializeAsString()) + "\n";
      pages += pretty(json_of(one.SerializeAsString()));
      messages += with_length(one.SerializeAsString());
      joined += one.SerializeAsString();
    }
    CHECK(encode_units(read(lines), 0, 2) == expected);
    CHECK(encode_units(read(pages), 0, 2) == expected);
    CHECK(encode_units(read(messages), 0, 2) == expected);
    CHECK(encode_units(read(joined), 0, 2) == expected);
  }
}

TEST_CASE("a capture is told from a scenario") {
  const std::string payload = captured().SerializeAsString();
  CHECK(looks_like_capture(payload));
  CHECK(looks_like_capture(with_length(payload)));
  CHECK(looks_like_capture(json_of(payload)));
  CHECK(looks_like_capture(pretty(json_of(payload))));
  CHECK(looks_like_capture(R"({"resource_logs":[]})"));
  CHECK(looks_like_capture("{}\n{\"resourceMetrics\":[]}\n"));
  CHECK_FALSE(looks_like_capture(""));
  CHECK_FALSE(looks_like_capture("\n# resourceSpans\nservices: {}\n"));
  CHECK_FALSE(looks_like_capture("{name: mine, traces: []}"));
  CHECK_FALSE(looks_like_capture("{\"name\": \"mine\"}"));
}

TEST_CASE("a replay has the structure of what was captured") {
  const Request before = captured();
  const Replay replay = read(before.SerializeAsString());
  CHECK(replay.default_units() == 2);
  CHECK(replay.records() == 5);
  CHECK(replay.notes().empty());
  const Request after = decode(encode_units(replay, 0, 2));
  CHECK(structure_of(after) == structure_of(before));

  SUBCASE("with the traces in the order of their starts") {
    CHECK(replay.size(0) == 2);
    CHECK(replay.size(1) == 3);
    const auto spans = by_name(decode(encode_units(replay, 0, 1)));
    CHECK(spans.count("span root-2--") == 1);
    CHECK(std::string(replay.trace_id(0)->view()) == spans.at("span root-2--").trace_id());
    CHECK(replay.trace_id(1) != replay.trace_id(0));
  }

  SUBCASE("one entry for each resource and scope") {
    CHECK(after.resource_spans_size() == 2);
    CHECK(after.resource_spans(0).scope_spans_size() == 1);
    CHECK(after.resource_spans(0).scope_spans(0).spans_size() == 3);
    CHECK(after.resource_spans(0).schema_url() == before.resource_spans(0).schema_url());
  }

  SUBCASE("also when it is cut") {
    Request pieces;
    const auto workspace = replay.make_workspace();
    for (std::uint64_t unit = 0; unit < 2; ++unit) {
      for (std::uint32_t span = 0; span < replay.size(unit); ++span) {
        pieces.MergeFrom(
            decode(replay.encode({{unit, span, 1, k_start}}, Anchor::start, *workspace)));
      }
    }
    CHECK(structure_of(pieces) == structure_of(before));
  }
}

TEST_CASE("each round of a replay has ids of its own") {
  const Replay replay = read(captured().SerializeAsString());
  const Request first = decode(encode_units(replay, 0, 2));
  const Request second = decode(encode_units(replay, 2, 2));
  CHECK(structure_of(second) == structure_of(first));
  std::set<std::string> all = ids_of(captured());
  const std::size_t count = all.size();
  CHECK(count == 10);
  all.merge(ids_of(first));
  all.merge(ids_of(second));
  CHECK(all.size() == 3 * count);

  SUBCASE("and links lead to the traces of their own round, also from another request") {
    const auto spans = by_name(decode(encode_units(replay, 3, 1)));
    const auto& link = spans.at("span child-1-").links(0);
    CHECK(link.trace_id() == std::string(replay.trace_id(2)->view()));
    CHECK(link.span_id() ==
          by_name(decode(encode_units(replay, 2, 1))).at("span root-2--").span_id());
  }

  SUBCASE("a unit's bytes depend on the seed and nothing else") {
    const std::string bytes = captured().SerializeAsString();
    CHECK(encode_units(read(bytes), 2, 2) == encode_units(replay, 2, 2));
    CHECK(encode_units(read(bytes, Signal::traces, 2), 2, 2) != encode_units(replay, 2, 2));
  }
}

TEST_CASE("a trace is moved as a whole to its time") {
  const Replay replay = read(captured().SerializeAsString());
  const auto expected = static_cast<std::uint64_t>(k_start.time_since_epoch().count());
  const auto spans = by_name(decode(encode_units(replay, 0, 2)));
  CHECK(spans.at("span root-1--").start_time_unix_nano() == expected);
  CHECK(spans.at("span child-1-").start_time_unix_nano() == expected + 100);
  CHECK(spans.at("span child-1-").events(0).time_unix_nano() == expected + 200);
  CHECK(spans.at("span child-1-").events(1).time_unix_nano() == 0);
  CHECK(spans.at("span root-2--").start_time_unix_nano() == expected);
  const auto ending = by_name(decode(encode_units(replay, 0, 2, Anchor::end)));
  CHECK(ending.at("span child-2-").end_time_unix_nano() == expected);
  CHECK(ending.at("span root-1--").start_time_unix_nano() == expected - 1301);

  SUBCASE("unknown times stay unknown, and none leaves its range") {
    Request request;
    auto& scope = *request.add_resource_spans()->add_scope_spans();
    ProtoSpan& none = add_span(scope, k_second_trace, "unknown-", "", 0);
    none.clear_start_time_unix_nano();
    none.clear_end_time_unix_nano();
    ProtoSpan& wild = add_span(scope, k_first_trace, "wild----", "", 0);
    wild.set_end_time_unix_nano(~std::uint64_t{0});
    wild.add_events()->set_time_unix_nano(1);
    const Replay strange = read(request.SerializeAsString());
    CHECK(strange.size(0) == 1);
    const auto kept = by_name(decode(encode_units(strange, 0, 2)));
    CHECK(kept.at("span unknown-").start_time_unix_nano() == 0);
    CHECK(kept.at("span unknown-").end_time_unix_nano() == 0);
    CHECK(kept.at("span wild----").start_time_unix_nano() == expected);
    CHECK(kept.at("span wild----").end_time_unix_nano() == ~std::uint64_t{0});
    const auto early = by_name(decode(encode_units(strange, 0, 2, Anchor::end)));
    CHECK(early.at("span wild----").end_time_unix_nano() == expected);
    CHECK(early.at("span wild----").events(0).time_unix_nano() == 1);
  }
}

TEST_CASE("nothing of a span changes but ids and times, unknown fields included") {
  Request request;
  auto& resource = *request.add_resource_spans();
  auto& scope = *resource.add_scope_spans();
  ProtoSpan& span = add_span(scope, k_first_trace, "span----", "parent--", 0);
  auto& attribute = *span.add_attributes();
  attribute.set_key("first-trace-id--");  // the id's text elsewhere
  attribute.mutable_value()->set_bytes_value("\x01\x00\xFF");
  for (google::protobuf::Message* message :
       std::initializer_list<google::protobuf::Message*>{&resource, &scope, &span}) {
    message->GetReflection()->MutableUnknownFields(message)->AddVarint(99, 7);
    message->GetReflection()->MutableUnknownFields(message)->AddLengthDelimited(1000, "new");
  }
  const std::string before = request.SerializeAsString();
  std::string after = encode_units(read(before), 0, 1);
  // The order of a group's own fields and its list is free: spans come last.
  Request sorted = decode(after);
  const ProtoSpan& copy = sorted.resource_spans(0).scope_spans(0).spans(0);
  CHECK(after.size() == before.size());
  CHECK(copy.trace_id() != span.trace_id());
  ProtoSpan& back = *sorted.mutable_resource_spans(0)->mutable_scope_spans(0)->mutable_spans(0);
  back.set_trace_id(span.trace_id());
  back.set_span_id(span.span_id());
  back.set_parent_span_id(span.parent_span_id());
  back.set_start_time_unix_nano(span.start_time_unix_nano());
  back.set_end_time_unix_nano(span.end_time_unix_nano());
  CHECK(sorted.SerializeAsString() == before);
}

TEST_CASE("what is no id stays as it is, and is noted") {
  Request request;
  auto& scope = *request.add_resource_spans()->add_scope_spans();
  add_span(scope, k_first_trace, "good----", "", 0);
  add_span(scope, "", "no-trace", "", 1);
  add_span(scope, std::string(16, '\0'), "zeros---", "", 2);
  add_span(scope, k_first_trace, "short", "", 3);
  add_span(scope, k_first_trace, "parent--", "four", 4);
  const Replay replay = read(request.SerializeAsString());
  CHECK(replay.default_units() == 3);
  REQUIRE(replay.notes().size() == 1);
  CHECK(replay.notes()[0] == "invalid ids in 4 spans are sent as they are");
  CHECK(replay.trace_id(0));
  CHECK_FALSE(replay.trace_id(1));
  CHECK_FALSE(replay.trace_id(2));
  const auto spans = by_name(decode(encode_units(replay, 0, 3)));
  CHECK(spans.at("span no-trace").trace_id().empty());
  CHECK(spans.at("span zeros---").trace_id() == std::string(16, '\0'));
  CHECK(spans.at("span short").span_id() == "short");
  CHECK(spans.at("span short").trace_id() == spans.at("span good----").trace_id());
  CHECK(spans.at("span parent--").parent_span_id() == "four");
}

TEST_CASE("a dry run of a scenario replays to the same content") {
  for (const std::string& name : scenario_names()) {
    const TraceTemplate traces = compile(*find_scenario(name));
    std::string lines;
    Request all;
    for (std::uint64_t first = 0; first < 6; first += 2) {
      const std::string payload = encode(traces, whole_traces(traces, 2, first));
      lines += json_of(payload) + "\n";
      all.MergeFrom(decode(payload));
    }
    const Replay replay = read(lines);
    CHECK(replay.default_units() == 6);
    const Request again = decode(encode_units(replay, 0, 6));
    REQUIRE(spans_of(again).size() == spans_of(all).size());
    std::multiset<std::string> before;
    std::multiset<std::string> after;
    const auto content_of = [](ProtoSpan span) {
      span.clear_trace_id();
      span.clear_span_id();
      span.clear_parent_span_id();
      span.set_end_time_unix_nano(span.end_time_unix_nano() - span.start_time_unix_nano());
      for (auto& event : *span.mutable_events()) {
        event.set_time_unix_nano(event.time_unix_nano() - span.start_time_unix_nano());
      }
      for (auto& link : *span.mutable_links()) {
        link.clear_trace_id();
        link.clear_span_id();
      }
      span.clear_start_time_unix_nano();
      return span.SerializeAsString();
    };
    for (const ProtoSpan& span : spans_of(all)) {
      before.insert(content_of(span));
    }
    for (const ProtoSpan& span : spans_of(again)) {
      after.insert(content_of(span));
    }
    CHECK_MESSAGE(after == before, name);
  }
}

TEST_CASE("logs and metrics are replayed with the ids that their traces get") {
  const Replay traces = read(captured().SerializeAsString());
  const auto spans = by_name(decode(encode_units(traces, 2, 2)));
  const ProtoSpan& root = spans.at("span root-1--");
  const auto expected = static_cast<std::uint64_t>(k_start.time_since_epoch().count());

  Logs logs;
  auto& log_scope = *logs.add_resource_logs()->add_scope_logs();
  log_scope.set_schema_url("url");
  auto& plain = *log_scope.add_log_records();
  plain.set_observed_time_unix_nano(k_captured + 7);
  auto& spoken = *log_scope.add_log_records();
  spoken.set_time_unix_nano(k_captured);
  spoken.set_trace_id(k_first_trace);
  spoken.set_span_id("root-1--");
  spoken.mutable_body()->set_string_value("said");

  Metrics metrics;
  auto& metric_scope = *metrics.add_resource_metrics()->add_scope_metrics();
  auto& sum = *metric_scope.add_metrics();
  sum.set_name("requests");
  sum.set_unit("1");
  sum.mutable_sum()->set_is_monotonic(true);
  sum.mutable_sum()->set_aggregation_temporality(
      opentelemetry::proto::metrics::v1::AGGREGATION_TEMPORALITY_CUMULATIVE);
  for (std::uint64_t minute = 0; minute < 3; ++minute) {
    auto& point = *sum.mutable_sum()->add_data_points();
    point.set_start_time_unix_nano(k_captured - 500);
    point.set_time_unix_nano(k_captured + minute * 60);
    point.set_as_int(static_cast<std::int64_t>(minute));
  }
  auto& exemplar = *sum.mutable_sum()->mutable_data_points(1)->add_exemplars();
  exemplar.set_time_unix_nano(k_captured + 1);
  exemplar.set_trace_id(k_first_trace);
  exemplar.set_span_id("root-1--");
  auto& latency = *metric_scope.add_metrics();
  latency.set_name("latency");
  latency.mutable_exponential_histogram()->add_data_points()->set_time_unix_nano(k_captured);

  // All signals in one file, as a Collector with one exporter for all writes it.
  const std::string file = json_of(captured().SerializeAsString()) + "\n" +
                           json_of(logs.SerializeAsString(), Signal::logs) + "\n" +
                           json_of(metrics.SerializeAsString(), Signal::metrics) + "\n";
  const std::string raw = with_length(captured().SerializeAsString()) +
                          with_length(logs.SerializeAsString()) +
                          with_length(metrics.SerializeAsString());

  SUBCASE("logs") {
    const Replay replay = read(file, Signal::logs);
    CHECK(replay.default_units() == 1);
    CHECK(replay.size(1) == 2);
    CHECK_FALSE(replay.trace_id(0));
    CHECK(replay.notes() == std::vector<std::string>{"passed over 1 message of traces",
                                                     "passed over 1 message of metrics"});
    const std::string payload = encode_units(replay, 1, 1);
    Logs again;
    REQUIRE(again.ParseFromString(payload));
    const auto& records = again.resource_logs(0).scope_logs(0).log_records();
    REQUIRE(records.size() == 2);
    CHECK(records[1].time_unix_nano() == expected);
    CHECK(records[0].observed_time_unix_nano() == expected + 7);
    CHECK(records[1].trace_id() == root.trace_id());
    CHECK(records[1].span_id() == root.span_id());
    CHECK(records[1].body().string_value() == "said");
    CHECK(encode_units(read(raw, Signal::logs), 1, 1) == payload);
  }

  SUBCASE("metrics") {
    const Replay replay = read(file, Signal::metrics);
    CHECK(replay.size(0) == 4);
    const std::string payload = encode_units(replay, 1, 1);
    Metrics again;
    REQUIRE(again.ParseFromString(payload));
    const auto& found = again.resource_metrics(0).scope_metrics(0).metrics();
    REQUIRE(found.size() == 2);
    CHECK(found[0].name() == "requests");
    CHECK(found[0].sum().is_monotonic());
    REQUIRE(found[0].sum().data_points_size() == 3);
    CHECK(found[0].sum().data_points(0).time_unix_nano() == expected);
    CHECK(found[0].sum().data_points(2).time_unix_nano() == expected + 120);
    CHECK(found[0].sum().data_points(2).start_time_unix_nano() == expected - 500);
    const auto& kept = found[0].sum().data_points(1).exemplars(0);
    CHECK(kept.trace_id() == root.trace_id());
    CHECK(kept.span_id() == root.span_id());
    CHECK(kept.time_unix_nano() == expected + 1);
    CHECK(found[1].exponential_histogram().data_points_size() == 1);
    CHECK(encode_units(read(raw, Signal::metrics), 1, 1) == payload);
    // A part of it: what the points say that are not in it is not there.
    const auto workspace = replay.make_workspace();
    Metrics part;
    REQUIRE(part.ParseFromString(
        std::string(replay.encode({{0, 2, 1, k_start}}, Anchor::start, *workspace))));
    CHECK(part.resource_metrics(0).scope_metrics(0).metrics_size() == 1);
    CHECK(part.resource_metrics(0).scope_metrics(0).metrics(0).sum().data_points_size() == 1);
  }
}

TEST_CASE("what cannot be replayed is refused with its place") {
  const std::string payload = captured().SerializeAsString();
  const std::string json = json_of(payload);
  CHECK(refusal("") == "capture: is empty");
  CHECK(refusal(" \n") == "capture: is empty");
  CHECK(refusal("hello") == "capture: is neither OTLP/JSON nor OTLP as protobuf");
  CHECK(refusal("{}\n{}\n") == "capture: holds no spans");
  CHECK(refusal(R"({"resourceLogs":[{}]})") == "capture: holds no spans");
  CHECK(refusal(json, Signal::logs) == "capture: holds no log records");
  CHECK(refusal(json + "\n{\"data\":[]}\n") ==
        "capture:2:1: no OTLP: neither resourceSpans nor resourceMetrics nor resourceLogs");
  CHECK(refusal(json + "\n" + json.substr(0, json.size() - 1)).starts_with("capture:2:"));
  CHECK(
      refusal("{\"resourceSpans\":[\n{\"scopeSpans\":[{\"spans\":[\n{\"traceId\":\"xy\"}]}]}]}") ==
      "capture:3:15: resourceSpans[0].scopeSpans[0].spans[0].traceId: 'xy' is not hex");
  CHECK(refusal(std::string("\x28\xB5\x2F\xFD\x00", 5)) == "capture: is compressed with zstd");
  CHECK(refusal(with_length(std::string("\x28\xB5\x2F\xFD\x00", 5))) ==
        "capture: is compressed with zstd");
  const std::string cut = with_length(payload) + with_length(payload).substr(0, 100);
  CHECK(refusal(cut) == "capture: byte " + std::to_string(payload.size() + 4) +
                            ": the length of a message is cut off, or more than follows");
  CHECK(refusal(payload.substr(0, payload.size() - 1)).starts_with("capture: byte "));
  // Span.attributes as a number.
  CHECK(refusal(with_length(std::string("\x0A\x09\x12\x07\x12\x05\x4D\0\0\0\0", 11))) ==
        "capture: byte 10: Span: attributes has another wire type than the schema gives it");
}
