// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/metric_series.hpp"

#include <algorithm>

#include "synth/columns.hpp"
#include "synth/fragment.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// check_scenario has filled in the same texts before.
std::string text_of(const std::string& pattern) {
  return fill(pattern, Columns{}).value();
}

Value value_of(Value value) {
  if (auto* text = std::get_if<std::string>(&value)) {
    *text = text_of(*text);
  } else if (auto* items = std::get_if<std::vector<std::string>>(&value)) {
    std::transform(items->begin(), items->end(), items->begin(), text_of);
  }
  return value;
}

std::uint64_t values_of(const AttributeSpec& attribute) {
  const auto* one_of = std::get_if<OneOf>(&attribute.value);
  return one_of == nullptr ? 1 : one_of->values.size();
}

}  // namespace

std::uint64_t series_of(const MetricSpec& metric) {
  std::uint64_t series = 1;
  for (const AttributeSpec& attribute : metric.attributes) {
    series = std::min(series * values_of(attribute), k_max_series + 1);
  }
  return series;
}

std::uint64_t points_of_pass(const Scenario& scenario) {
  std::uint64_t points = 0;
  for (const MetricSpec& metric : scenario.metrics) {
    points += series_of(metric);
  }
  return points;
}

std::string encode_series(const MetricSpec& metric, std::uint64_t index, unsigned field) {
  std::uint64_t combinations = series_of(metric);
  std::string encoded;
  for (const AttributeSpec& attribute : metric.attributes) {
    const auto* one_of = std::get_if<OneOf>(&attribute.value);
    combinations /= values_of(attribute);
    const Value& value =
        one_of == nullptr ? std::get<Value>(attribute.value) : one_of->values[index / combinations];
    index %= combinations;
    append_bytes_field(encoded, field, encode_attribute(attribute.key, value_of(value)));
  }
  return encoded;
}

}  // namespace otelctl::synth
