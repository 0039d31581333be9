// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "check/amount.hpp"
#include "check/text_pattern.hpp"
#include "check/tree_pattern.hpp"
#include "check/value_condition.hpp"
#include "trace/trace.hpp"

// What is expected of traces, as files and flags say it. A `line` is the place in the file, from 1;
// 0 for what flags say.
namespace otelctl::check {

// `key` as written: `db.system` is looked for on the span, then on its resource;
// `resource:host.name` on the resource only.
struct AttributeExpectation {
  std::string key;
  ValueCondition condition;
  std::uint32_t line = 0;
};

// Which spans are meant: those that have all of it.
struct SpanMatch {
  std::optional<TextCondition> name;
  std::optional<TextCondition> service;
  std::vector<trace::SpanKind> kinds;       // any of them; none: all
  std::vector<trace::SpanStatus> statuses;  // the same
  std::vector<AttributeExpectation> attributes;
};

struct EventExpectation {
  TextCondition name;
  Amount count;
  std::vector<AttributeExpectation> attributes;
  std::uint32_t line = 0;
};

struct DurationExpectation {
  std::string key;  // "max_duration"
  Amount amount;
  std::uint32_t line = 0;
};

// The spans that match, how many they are, and what each of them has to be.
struct SpanExpectation {
  SpanMatch match;
  Amount count;
  std::uint32_t count_line = 0;
  std::vector<DurationExpectation> durations;
  std::vector<trace::SpanKind> kinds;
  std::vector<trace::SpanStatus> statuses;
  std::vector<AttributeExpectation> attributes;
  std::vector<EventExpectation> events;
  std::uint32_t line = 0;
};

struct CountExpectation {
  std::string key;  // "errors", "orphans", "roots", "max_depth"
  Amount amount;
  std::uint32_t line = 0;
};

// What is expected of a trace as a whole.
struct TraceExpectation {
  // Its lower bound and `services` say when a trace is complete.
  std::optional<CountExpectation> spans;
  std::vector<TextPattern> services;  // all of them
  std::uint32_t services_line = 0;
  std::vector<DurationExpectation> durations;
  std::vector<CountExpectation> counts;
};

struct GoldenExpectation {
  std::string path;                  // as it was written
  std::vector<TextPattern> ignored;  // attributes that are not compared
  std::string content;               // of the file; the command fills it in
  std::uint32_t line = 0;
};

enum class Which {
  newest,  // the newest trace that is complete
  any,     // one of the newest is as it should be
  all,     // each of them is
};

// How the trace is found: by its id, else by what a span of it has.
struct Find {
  std::optional<TraceId> trace_id;
  std::string service;
  std::string operation;
  std::vector<std::pair<std::string, std::string>> tags;
  bool must_have_failed = false;
  // As parse_time reads it.
  std::optional<std::string> since;
  Which which = Which::newest;

  bool is_given() const;
};

struct Expectation {
  std::string name;
  std::string file;  // empty for flags
  std::uint32_t line = 0;
  Find find;
  std::optional<nanoseconds> timeout;
  std::optional<nanoseconds> settle;
  bool allow_partial = false;
  TraceExpectation trace;
  std::vector<SpanExpectation> spans;
  std::optional<TreePattern> tree;
  std::optional<GoldenExpectation> golden;
};

// One thing that was expected and what was found instead. Texts are as the backend gave them, not
// yet escaped; attributes that are secret are hidden.
struct Check {
  std::string name;
  bool ok = false;
  std::string expected;
  std::string got;
  std::optional<SpanId> span_id;
  // What comes nearest to what was expected: a clause or, of golden files, lines.
  std::string nearest;
  // Spans that are still to come may make it pass.
  bool may_heal = false;
  // It says whether the trace is complete.
  bool is_of_completeness = false;
  std::uint32_t line = 0;
};

}  // namespace otelctl::check
