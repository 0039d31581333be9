// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/shape_count.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace otelctl::synth {
namespace {

// Enough for repetitions, failures and widths of numbers to differ.
constexpr std::size_t k_least = 32;
// Up to here more shapes are worth it for lists to come up evenly: such many still fit in a second
// level cache.
constexpr std::size_t k_even = 256;

void add_lists(const std::vector<AttributeSpec>& attributes, std::vector<std::size_t>& lengths) {
  for (const AttributeSpec& attribute : attributes) {
    if (const auto* one_of = std::get_if<OneOf>(&attribute.value)) {
      lengths.push_back(one_of->values.size());
    }
  }
}

}  // namespace

std::uint32_t shapes_wanted(const Scenario& scenario, const TraceSpec& trace) {
  std::vector<std::size_t> lengths;
  lengths.reserve(scenario.choices.size());
  for (const Choice& choice : scenario.choices) {
    lengths.push_back(choice.rows.size());
  }
  for (const SpanSpec& span : trace.spans) {
    const std::size_t repetitions = std::size_t{span.repeat_high} - span.repeat_low + 1;
    if (repetitions <= k_even) {
      lengths.push_back(repetitions);
    }
    add_lists(span.attributes, lengths);
    for (const EventSpec& event : span.events) {
      add_lists(event.attributes, lengths);
    }
    for (const LinkSpec& link : span.links) {
      add_lists(link.attributes, lengths);
    }
  }
  // The longest first: it must come up in full.
  std::sort(lengths.rbegin(), lengths.rend());
  std::size_t count = lengths.empty() ? 1 : lengths.front();
  for (const std::size_t length : lengths) {
    if (count < k_even && std::lcm(count, length) <= k_even) {
      count = std::lcm(count, length);
    }
  }
  if (count < k_least) {
    count *= (k_least + count - 1) / count;
  }
  return static_cast<std::uint32_t>(std::min<std::size_t>(count, k_max_shapes));
}

}  // namespace otelctl::synth
