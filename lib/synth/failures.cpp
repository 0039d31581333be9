// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/failures.hpp"

namespace otelctl::synth {
namespace {

// Failing executions drawn for one shape; with 32 shapes that makes 128 of them.
constexpr int k_runs = 4;
constexpr double k_two_to_64 = 18446744073709551616.0;

double rate_of(const TraceSpec& trace, const ShapeSpan& span) {
  const auto& error = trace.spans[span.spec].error;
  return error ? error->rate : 0.0;
}

void mark_ancestors(const Shape& shape, std::size_t failed, std::vector<Ending>& endings) {
  for (std::uint32_t at = shape.spans[failed].parent; at != k_no_parent;
       at = shape.spans[at].parent) {
    if (endings[at] == Ending::success) {
      endings[at] = Ending::fails_with_child;
    }
  }
}

// One execution with at least one failure. `any_from[k]` is the probability that span k or one
// behind it fails.
std::vector<Ending> draw_run(const TraceSpec& trace, const Shape& shape,
                             const std::vector<double>& any_from, Random& random) {
  std::vector<Ending> endings(shape.spans.size(), Ending::success);
  bool has_failed = false;
  for (std::size_t index = 0; index < shape.spans.size(); ++index) {
    const double rate = rate_of(trace, shape.spans[index]);
    if (rate == 0.0) {
      continue;
    }
    // Until the first failure its place is drawn under the condition that there is one.
    const double chance = has_failed ? rate : rate / any_from[index];
    if (random.fraction() < chance) {
      has_failed = true;
      endings[index] = Ending::fails_itself;
      if (trace.spans[shape.spans[index].spec].error->propagates) {
        mark_ancestors(shape, index, endings);
      }
    }
  }
  return endings;
}

}  // namespace

Failures draw_failures(const TraceSpec& trace, const Shape& shape, Random& random) {
  std::vector<double> any_from(shape.spans.size() + 1, 0.0);
  for (std::size_t index = shape.spans.size(); index-- > 0;) {
    const double rate = rate_of(trace, shape.spans[index]);
    any_from[index] = rate + (1.0 - rate) * any_from[index + 1];
  }
  Failures failures;
  if (any_from[0] <= 0.0) {
    return failures;
  }
  const double bound = any_from[0] * k_two_to_64;
  failures.bound = bound < k_two_to_64 ? static_cast<std::uint64_t>(bound) : UINT64_MAX;
  for (int run = 0; run < k_runs; ++run) {
    failures.runs.push_back(draw_run(trace, shape, any_from, random));
  }
  return failures;
}

}  // namespace otelctl::synth
