// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/number_plan.hpp"

#include <algorithm>
#include <bit>

namespace otelctl::synth {

NumberPlan::NumberPlan(const std::vector<ShapeNumber>& numbers) : m_size(numbers.size()) {
  for (std::size_t index = 0; index < numbers.size(); ++index) {
    const auto& value = numbers[index].value;
    if (const auto* drawn = std::get_if<DrawnNumber>(&value)) {
      m_drawn.push_back({static_cast<std::uint32_t>(index),
                         static_cast<std::uint32_t>(drawn->choices - 1),
                         static_cast<std::uint64_t>(drawn->low)});
    } else if (const auto* sum = std::get_if<SumNumber>(&value)) {
      m_parts.insert(m_parts.end(), sum->parts.begin(), sum->parts.end());
      m_sums.push_back(
          {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(m_parts.size())});
    } else if (const auto* counted = std::get_if<CountedNumber>(&value)) {
      m_counted.push_back({index, counted->per, counted->distinct});
    } else {
      const auto& range = std::get<DoubleRange>(value);
      m_reals.push_back({index, range.low, range.high - range.low, range.high});
    }
  }
  m_has_others = m_drawn.size() < m_size;
}

void NumberPlan::draw_others(Words words, std::uint64_t first, std::uint64_t unit,
                             std::uint64_t* values) const {
  for (const Real& real : m_reals) {
    // One product and one sum, each rounded as IEEE 754 says: the same on every machine. The
    // rounded sum may lie above the end.
    const double share = static_cast<double>(words.at(first + real.index) >> 11U) * 0x1.0p-53;
    const double value = std::min(real.low + real.width * share, real.high);
    values[real.index] = std::bit_cast<std::uint64_t>(value);
  }
  for (const Counted& counted : m_counted) {
    const std::uint64_t number = counted.per == 1 ? unit : unit / counted.per;
    values[counted.index] = counted.distinct == 0 ? number : number % counted.distinct;
  }
  // They stand behind what they add up.
  std::uint32_t part = 0;
  for (const Sum& sum : m_sums) {
    std::uint64_t value = 0;
    for (; part < sum.end; ++part) {
      value += values[m_parts[part]];
    }
    values[sum.index] = value;
  }
}

}  // namespace otelctl::synth
