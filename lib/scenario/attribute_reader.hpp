// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scenario/names.hpp"
#include "scenario/patterns.hpp"
#include "scenario/reading.hpp"
#include "synth/scenario.hpp"

namespace otelctl::scenario {

// Whose attributes they are, which decides how values may be made.
enum class Owner {
  span,    // in all ways
  log,     // not by numbers and outcomes, which are of spans
  metric,  // fixed or one of several, each of which is a series
};

// What it takes to read attributes.
struct AttributeContext {
  Notes& notes;
  Patterns& patterns;
  Owner owner = Owner::span;
  Names* numbers = nullptr;  // of the span; none elsewhere
  std::uint64_t draws = 0;   // counts the values that each record draws anew
};

// A map from keys to values, or to maps that say how the values are made.
std::vector<synth::AttributeSpec> read_attributes(AttributeContext& context, const Spot& spot);

// The same where all values are fixed and stand for themselves.
std::vector<synth::Attribute> read_plain_attributes(Notes& notes, const Spot& spot);

// A span's numbers, whose names go to `names`.
std::vector<synth::NumberSpec> read_numbers(Notes& notes, const Spot& spot, Names& names);

}  // namespace otelctl::scenario
