// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/replay.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "synth/scenarios.hpp"
#include "tests/unit/synth/captured.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

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
