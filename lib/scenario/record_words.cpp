// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/record_words.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace otelctl::scenario {

std::vector<std::string> metric_kind_names() {
  return {"gauge", "counter", "up_down_counter", "histogram", "exponential_histogram", "summary"};
}

std::string severity_name(int severity) {
  static constexpr std::array<std::string_view, 6> k_names{"trace", "debug", "info",
                                                           "warn",  "error", "fatal"};
  constexpr int k_steps = 4;
  const std::string_view name = k_names[static_cast<std::size_t>((severity - 1) / k_steps)];
  const int step = (severity - 1) % k_steps + 1;
  return step == 1 ? std::string(name) : fmt::format("{}{}", name, step);
}

}  // namespace otelctl::scenario
