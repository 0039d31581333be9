// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "synth/scenario.hpp"

// One concrete trace of a scenario but for its ids and times: repetitions unrolled, texts chosen.
namespace otelctl::synth {

inline constexpr std::uint32_t k_no_parent = std::numeric_limits<std::uint32_t>::max();

// A number drawn anew for each trace: `low` plus a draw below `choices`, or the sum of earlier
// ones. The bounds are so chosen that every value's varint has the same length.
struct ShapeNumber {
  std::int64_t low = 0;
  std::uint64_t choices = 1;
  std::vector<std::uint32_t> sum_of = {};  // indexes into Shape::numbers
  unsigned width = 1;                      // bytes as a varint
};

// Shows Shape::numbers[index].
struct NumberPlace {
  std::uint32_t index = 0;
};

struct ShapeAttribute {
  std::string key;
  std::variant<Value, NumberPlace, Counter, ByOutcome> value;
};

struct ShapeEvent {
  std::string name;
  double at = 0.0;
  std::vector<ShapeAttribute> attributes;
};

struct ShapeLink {
  std::uint32_t span = 0;  // index into Shape::spans
  std::vector<ShapeAttribute> attributes;
};

struct ShapeSpan {
  std::uint32_t spec = 0;  // index into TraceSpec::spans
  std::uint32_t parent = k_no_parent;
  std::uint32_t service = 0;
  std::string name;
  std::vector<ShapeAttribute> attributes = {};
  std::vector<ShapeEvent> events = {};
  std::vector<ShapeLink> links = {};
  std::string error_type = {};
  std::string error_message = {};
};

struct Shape {
  std::uint32_t trace = 0;       // index into Scenario::traces
  std::vector<ShapeSpan> spans;  // depth first: a parent stands before its children
  std::vector<ShapeNumber> numbers;
};

// Draws one shape of the scenario's trace number `trace`. `scenario` has passed check_scenario.
// Error kind: settings, for a trace that needs more random numbers than one trace has.
Result<Shape> draw_shape(const Scenario& scenario, std::uint32_t trace, Random& random);

}  // namespace otelctl::synth
