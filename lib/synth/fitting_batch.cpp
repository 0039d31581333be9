// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/fitting_batch.hpp"

#include <algorithm>

namespace otelctl::synth {
namespace {

constexpr std::uint64_t k_units = 16;
constexpr std::uint32_t k_records = 4;
// Records differ, so a quarter of the limit is left free.
constexpr std::uint64_t k_aim = k_usual_request_limit / 4 * 3;

}  // namespace

std::uint32_t fitting_batch(const Generator& generator, std::uint32_t wanted) {
  const auto workspace = generator.make_workspace();
  std::uint64_t largest = 1;
  for (std::uint64_t unit = 0; unit < k_units; ++unit) {
    const std::uint32_t count = std::min(generator.size(unit), k_records);
    const auto payload = generator.encode({{unit, 0, count, {}}}, Anchor::start, *workspace);
    largest = std::max<std::uint64_t>(largest, payload.size() / count);
  }
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(k_aim / largest, 1, wanted));
}

}  // namespace otelctl::synth
