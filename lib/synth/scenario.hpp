// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "otlp/attribute.hpp"

// A scenario is what a trace looks like, as plain data: built in, or read from a file. Texts (names
// and string values) may hold {column}, which stands for the trace's choice of that column; {{ and
// }} are braces.
namespace otelctl::synth {

using otlp::Attribute;
using Value = otlp::AttributeValue;

// Once for each trace one row is drawn from the table; its cells fill the columns' places in texts.
// Rows, and the values of a OneOf, are drawn like cards: all come up before one comes again. They
// are drawn for each shape that a kind of trace has, not for each trace, and there are as many
// shapes as the longest list is long (see shape_count.hpp): so all its values come up, as long as
// they are not more than 1024 and so many shapes fit in 32 MiB; else some are left out.
struct Choice {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`
};

struct Service {
  std::string name;
  // Further resource attributes; service.name is written from `name`.
  std::vector<Attribute> resource = {};
  std::string scope_name = {};
  std::string scope_version = {};
};

// What an attribute's value is made of.
struct OneOf {
  std::vector<Value> values;  // all of one type
};
struct IntRange {
  std::int64_t low = 0;
  std::int64_t high = 0;  // inclusive
};
// Both finite, and so is what lies between them.
struct DoubleRange {
  double low = 0.0;
  double high = 0.0;
};
// A text with a number in it, in leading zeros: the prefix and the trace's number in the run, so
// that no two traces share it. With `per`, that many traces in a row do, as those of a session;
// with `distinct`, the numbers begin again after so many, which bounds the cardinality.
struct Counter {
  std::string prefix = {};
  unsigned digits = 8;
  std::uint64_t per = 1;
  std::uint64_t distinct = 0;  // 0: never again
};
// A number of the same span (see SpanSpec::numbers), for one that stands in several attributes.
struct NumberOf {
  std::string name;
};
// One value when the span succeeds, another when it or a descendant fails.
struct ByOutcome {
  Value ok;
  Value failed;
};
using ValueSpec = std::variant<Value, OneOf, IntRange, DoubleRange, Counter, NumberOf, ByOutcome>;

struct AttributeSpec {
  std::string key;
  ValueSpec value;
};

// A number drawn once for each span, or the sum of drawn ones that stand before it in its span.
struct NumberSpec {
  std::string name;
  IntRange range = {};
  std::vector<std::string> sum_of = {};
};

// Time that a span takes beside its children; for a leaf its duration.
struct Constant {
  nanoseconds value;
};
struct Uniform {
  nanoseconds low;
  nanoseconds high;
};
// Half of the draws are below the median; about two thirds lie between median / e^sigma and
// median * e^sigma. The tails end at 3 sigma.
struct Lognormal {
  nanoseconds median;
  double sigma = 0.25;
};
using DurationSpec = std::variant<Constant, Uniform, Lognormal>;

struct EventSpec {
  std::string name;
  double at = 0.5;  // from 0, the span's start, to 1, its end
  std::vector<AttributeSpec> attributes = {};
};

// A link to another span of the same trace.
struct LinkSpec {
  std::size_t span = 0;  // index into TraceSpec::spans; the first where it is repeated or a chain
  std::vector<AttributeSpec> attributes = {};
};

// The span ends with status ERROR and an exception event in this share of its executions.
struct ErrorSpec {
  double rate = 0.0;
  // An exception event has a type or a message; its type is never empty, its message may be.
  std::string type = "Error";
  std::string message = {};
  // Whether all its ancestors fail with it.
  bool propagates = true;
};

// The numbers of OTLP's SpanKind.
enum class SpanKind : std::uint8_t { internal = 1, server, client, producer, consumer };
enum class ChildOrder { sequential, parallel };
// The status of a span that does not fail: nothing, or OK where the program says so itself.
enum class Success { unset, ok };

struct SpanSpec {
  std::optional<std::size_t> parent = std::nullopt;   // index of an earlier span; none: the root
  std::optional<std::size_t> service = std::nullopt;  // index; none: the parent's
  std::string name;
  SpanKind kind = SpanKind::internal;
  DurationSpec own_time = Constant{std::chrono::milliseconds(1)};
  ChildOrder children = ChildOrder::sequential;
  // How often the span stands under its parent, with all its descendants.
  std::uint32_t repeat_low = 1;
  std::uint32_t repeat_high = 1;
  // Each time it is a chain of so many spans, each the only child of the one before; what hangs
  // below it hangs below the last.
  std::uint32_t chain = 1;
  std::vector<NumberSpec> numbers = {};
  std::vector<AttributeSpec> attributes = {};
  std::vector<EventSpec> events = {};
  std::vector<LinkSpec> links = {};
  std::optional<ErrorSpec> error = std::nullopt;
  Success success = Success::unset;
};

// One kind of trace. A child lies within its parent, but a consumer under a producer begins after
// the producer has ended, as long after as the sending took and at least 1 us: nobody waits for it.
struct TraceSpec {
  std::string name = {};
  double weight = 1.0;  // its share among the scenario's traces, relative to the others; above 0
  std::vector<SpanSpec> spans = {};  // the root first

  // Adds a span and returns its index.
  std::size_t add(SpanSpec span);
};

// A span of the run's trace with the record's own number: what a log record or an exemplar points
// to. Sent with the same seed and scenario, the trace has that id. Traces of another kind are
// pointed to at their root.
struct SpanReference {
  std::size_t trace = 0;  // index into Scenario::traces
  std::size_t span = 0;   // index into TraceSpec::spans
};

enum class MetricKind {
  gauge,
  counter,
  up_down_counter,
  histogram,
  exponential_histogram,
  summary
};
enum class Temporality { cumulative, delta };

// One metric; each pass of the run reads all its series once. An attribute that is a OneOf makes a
// series of each of its values, several of them a series of each combination.
struct MetricSpec {
  std::size_t service = 0;  // index into Scenario::services
  std::string name;
  std::string description = {};
  std::string unit = {};  // UCUM: "1", "ms", "{request}"
  MetricKind kind = MetricKind::gauge;
  Temporality temporality = Temporality::cumulative;  // of counters and histograms
  // Of a counter the increment from pass to pass, of a gauge and an up-down counter the value, of
  // the others what is observed.
  double low = 0.0;
  double high = 1.0;
  bool is_integer = false;
  // Observations of a series in each pass; histograms and summaries only.
  std::uint32_t observations = 10;
  std::vector<double> bounds = {};              // of a histogram, ascending
  std::int32_t scale = 3;                       // of an exponential histogram: -10 to 20
  std::vector<double> quantiles = {0.5, 0.99};  // of a summary
  std::vector<AttributeSpec> attributes = {};
  std::optional<SpanReference> exemplar = std::nullopt;  // not for summaries, which have none
};

// A body that is no plain value. One level deep: what a map or an array holds are plain values.
struct Bytes {
  std::string bytes;
};
struct Map {
  std::vector<Attribute> members;
};
struct Array {
  std::vector<Value> items;
};
struct Empty {};
using Body = std::variant<Value, Bytes, Map, Array, Empty>;

// One log record of each pass.
struct LogSpec {
  std::size_t service = 0;
  // 1 to 24: TRACE from 1, DEBUG from 5, INFO from 9, WARN from 13, ERROR from 17, FATAL from 21.
  int severity = 9;
  std::string severity_text = {};  // "" is the number's own name: "INFO", "WARN2"
  std::string event_name = {};
  Body body = Value(std::string());
  std::vector<AttributeSpec> attributes = {};
  std::uint32_t repeat = 1;  // records of it in a pass
  std::optional<SpanReference> span = std::nullopt;
};

struct Scenario {
  std::string name;
  std::string summary;
  std::vector<Service> services;
  std::vector<Choice> choices = {};
  // Each may be empty: a scenario need not have every signal.
  std::vector<TraceSpec> traces = {};
  std::vector<MetricSpec> metrics = {};
  std::vector<LogSpec> logs = {};
};

// Names of attributes as the platform that a scenario stands for writes them, or as the semantic
// conventions have them now.
enum class Semconv { seed, current };

inline constexpr std::size_t k_max_trace_spans = 100'000;
inline constexpr nanoseconds k_max_own_time = std::chrono::hours(4);

// Whether the scenario can be drawn: indexes, names, ranges and bounds. Error kind: settings; the
// message names the span.
Result<void> check_scenario(const Scenario& scenario);

// The text with its braces doubled, so that it stands for itself.
std::string literal(std::string_view text);

}  // namespace otelctl::synth
