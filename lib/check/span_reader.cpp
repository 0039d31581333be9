// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/span_reader.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "check/limits.hpp"

namespace otelctl::check {
namespace {

using config::reading::items_of;
using config::reading::MapReader;

constexpr std::array<std::string_view, 5> k_span_keys{"match", "count", "each", "attributes",
                                                      "events"};
constexpr std::array<std::string_view, 5> k_match_keys{"name", "service", "kind", "status",
                                                       "attributes"};
constexpr std::array<std::string_view, 6> k_each_keys{"max_duration", "min_duration", "duration",
                                                      "status",       "kind",         "attributes"};
constexpr std::array<std::string_view, 3> k_event_keys{"name", "count", "attributes"};

const Amount& at_least_one() {
  static const Amount k_amount = Amount::of(Relation::at_least, 1, Amount::Unit::count);
  return k_amount;
}

SpanMatch read_match(Notes& notes, const Spot& spot) {
  const MapReader map(notes, spot, k_match_keys);
  SpanMatch match;
  if (const auto name = map.find("name")) {
    match.name = read_condition(notes, *name);
  }
  if (const auto service = map.find("service")) {
    match.service = read_condition(notes, *service);
  }
  if (const auto kind = map.find("kind")) {
    match.kinds = read_kinds(notes, *kind);
  }
  if (const auto status = map.find("status")) {
    match.statuses = read_statuses(notes, *status);
  }
  if (const auto attributes = map.find("attributes")) {
    match.attributes = read_attributes(notes, *attributes);
  }
  return match;
}

void append_attributes(Notes& notes, const Spot& spot, SpanExpectation& expectation) {
  std::vector<AttributeExpectation> attributes = read_attributes(notes, spot);
  std::move(attributes.begin(), attributes.end(), std::back_inserter(expectation.attributes));
}

void read_each(Notes& notes, const Spot& spot, SpanExpectation& expectation) {
  const MapReader map(notes, spot, k_each_keys);
  expectation.durations = read_durations(notes, map);
  if (const auto kind = map.find("kind")) {
    expectation.kinds = read_kinds(notes, *kind);
  }
  if (const auto status = map.find("status")) {
    expectation.statuses = read_statuses(notes, *status);
  }
  if (const auto attributes = map.find("attributes")) {
    append_attributes(notes, *attributes, expectation);
  }
}

std::vector<EventExpectation> read_events(Notes& notes, const Spot& spot) {
  std::vector<EventExpectation> events;
  for (const Spot& item : items_of(notes, spot, 1, k_most_attributes)) {
    if (notes.is_full()) {
      break;
    }
    const MapReader map(notes, item, k_event_keys);
    EventExpectation event;
    event.line = line_of(notes, item);
    event.count = at_least_one();
    if (const auto name = map.require("name", "name the event: name: exception")) {
      event.name = read_condition(notes, *name).value_or(TextCondition{});
    }
    if (const auto count = map.find("count")) {
      event.count =
          read_amount(notes, *count, Amount::Unit::count, Relation::equal).value_or(at_least_one());
    }
    if (const auto attributes = map.find("attributes")) {
      event.attributes = read_attributes(notes, *attributes);
    }
    events.push_back(std::move(event));
  }
  return events;
}

SpanExpectation read_span(Notes& notes, const Spot& spot) {
  const MapReader map(notes, spot, k_span_keys);
  SpanExpectation expectation;
  expectation.line = line_of(notes, spot);
  expectation.count_line = expectation.line;
  expectation.count = at_least_one();
  if (const auto match =
          map.require("match", "say which spans are meant: match: {name: SELECT*}")) {
    expectation.match = read_match(notes, *match);
  }
  if (const auto count = map.find("count")) {
    expectation.count_line = line_of(notes, *count);
    expectation.count =
        read_amount(notes, *count, Amount::Unit::count, Relation::equal).value_or(at_least_one());
  }
  if (const auto each = map.find("each")) {
    read_each(notes, *each, expectation);
  }
  if (const auto attributes = map.find("attributes")) {
    append_attributes(notes, *attributes, expectation);
  }
  if (const auto events = map.find("events")) {
    expectation.events = read_events(notes, *events);
  }
  return expectation;
}

}  // namespace

std::vector<DurationExpectation> read_durations(Notes& notes, const MapReader& map) {
  std::vector<DurationExpectation> durations;
  for (const std::string_view key : k_duration_keys) {
    const auto spot = map.find(key);
    if (!spot) {
      continue;
    }
    const Relation bare = key == "min_duration"   ? Relation::at_least
                          : key == "max_duration" ? Relation::at_most
                                                  : Relation::equal;
    if (auto amount = read_amount(notes, *spot, Amount::Unit::duration, bare)) {
      durations.push_back({std::string(key), std::move(*amount), line_of(notes, *spot)});
    }
  }
  return durations;
}

std::vector<SpanExpectation> read_spans(Notes& notes, const Spot& spot) {
  std::vector<SpanExpectation> spans;
  for (const Spot& item : items_of(notes, spot, 1, k_most_spans)) {
    if (notes.is_full()) {
      break;
    }
    spans.push_back(read_span(notes, item));
  }
  return spans;
}

}  // namespace otelctl::check
