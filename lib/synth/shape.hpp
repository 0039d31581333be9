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
#include "synth/columns.hpp"
#include "synth/decks.hpp"
#include "synth/scenario.hpp"

// One concrete trace of a scenario but for its ids and times: repetitions unrolled, texts chosen.
namespace otelctl::synth {

inline constexpr std::uint32_t k_no_parent = std::numeric_limits<std::uint32_t>::max();
// Random words of a trace that come before those of its spans, two for each (id and time), and
// those of its numbers, one for each.
inline constexpr std::uint64_t k_words_before_spans = 4;
// Some texts of some spans, repeated often enough, would take all memory there is.
inline constexpr std::size_t k_max_shape_bytes = std::size_t{256} << 20U;

// `low` plus a draw below `choices`.
struct DrawnNumber {
  std::int64_t low = 0;
  std::uint64_t choices = 1;
};
// Of numbers that stand before it: indexes into Shape::numbers.
struct SumNumber {
  std::vector<std::uint32_t> parts;
};
// What a Counter shows: (unit / per) % distinct.
struct CountedNumber {
  std::uint64_t per = 1;
  std::uint64_t distinct = 0;  // 0: without end
};

// A number that each trace has anew. The bounds of integers are so chosen that every value's varint
// has the same length.
struct ShapeNumber {
  std::variant<DrawnNumber, SumNumber, CountedNumber, DoubleRange> value;
  unsigned width = 1;  // bytes as a varint; 8 for a DoubleRange
};

// What shows Shape::numbers[index]: an integer, a double, or a text that ends in its digits.
struct NumberPlace {
  std::uint32_t index = 0;
};
struct RealPlace {
  std::uint32_t index = 0;
};
struct DigitsPlace {
  std::uint32_t index = 0;
  std::string prefix;
  unsigned digits = 8;
};

struct ShapeAttribute {
  std::string key;
  std::variant<Value, NumberPlace, RealPlace, DigitsPlace, ByOutcome> value;
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
  Columns columns;  // what filled its texts
};

// Draws one shape of the scenario's trace number `trace`. `scenario` has passed check_scenario;
// shapes that are to share out a list's values among them are drawn with the same `decks`. Error
// kind: settings, for a trace that needs more random numbers than one trace has, or more memory
// than k_max_shape_bytes.
Result<Shape> draw_shape(const Scenario& scenario, std::uint32_t trace, Random& random,
                         Decks& decks);

}  // namespace otelctl::synth
