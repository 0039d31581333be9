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
  std::vector<std::string> values;
};
struct IntRange {
  std::int64_t low = 0;
  std::int64_t high = 0;  // inclusive
};
// A text that no two traces share: the prefix and the trace's number in the run, with leading
// zeros.
struct Counter {
  std::string prefix = {};
  unsigned digits = 8;
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
using ValueSpec = std::variant<Value, OneOf, IntRange, Counter, NumberOf, ByOutcome>;

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
  std::size_t span = 0;  // index into Scenario::spans
  std::vector<AttributeSpec> attributes = {};
};

// The span ends with status ERROR and an exception event in this share of its executions.
struct ErrorSpec {
  double rate = 0.0;
  std::string type = {};
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
  std::vector<NumberSpec> numbers = {};
  std::vector<AttributeSpec> attributes = {};
  std::vector<EventSpec> events = {};
  std::vector<LinkSpec> links = {};
  std::optional<ErrorSpec> error = std::nullopt;
  Success success = Success::unset;
};

struct Scenario {
  std::string name;
  std::string summary;
  std::vector<Service> services;
  std::vector<Choice> choices = {};
  std::vector<SpanSpec> spans = {};  // the root first

  // Adds a span and returns its index.
  std::size_t add(SpanSpec span);
};

inline constexpr std::size_t k_max_trace_spans = 100'000;
inline constexpr nanoseconds k_max_own_time = std::chrono::hours(4);

// Whether the scenario can be drawn: indexes, names, ranges and bounds. Error kind: settings; the
// message names the span.
Result<void> check_scenario(const Scenario& scenario);

// The text with its braces doubled, so that it stands for itself.
std::string literal(std::string_view text);

}  // namespace otelctl::synth
