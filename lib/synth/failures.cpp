// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/failures.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

namespace otelctl::synth {
namespace {

constexpr double k_two_to_64 = 18446744073709551616.0;

double rate_of(const TraceSpec& trace, const ShapeSpan& span) {
  const auto& error = trace.spans[span.spec].error;
  return error ? error->rate : 0.0;
}

// Children stand behind their parents, so one pass from the back reaches all ancestors.
void mark_ancestors(const TraceSpec& trace, const Shape& shape, std::vector<Ending>& endings) {
  std::vector<bool> carries(shape.spans.size(), false);
  for (std::size_t index = shape.spans.size(); index-- > 1;) {
    const ShapeSpan& span = shape.spans[index];
    if (endings[index] == Ending::fails_itself && trace.spans[span.spec].error->propagates) {
      carries[index] = true;
    }
    if (carries[index]) {
      carries[span.parent] = true;
      if (endings[span.parent] == Ending::success) {
        endings[span.parent] = Ending::fails_with_child;
      }
    }
  }
}

// Spans of which one is the first to fail, and how likely each is.
struct Group {
  std::vector<std::uint32_t> spans = {};
  std::vector<double> chances = {};
  double chance = 0.0;  // their sum

  void add(std::uint32_t span, double span_chance) {
    spans.push_back(span);
    chances.push_back(span_chance);
    chance += span_chance;
  }
};

std::uint32_t draw_first(const Group& group, Random& random) {
  double left = random.fraction() * group.chance;
  std::size_t index = 0;
  while (index + 1 < group.spans.size() && left >= group.chances[index]) {
    left -= group.chances[index];
    ++index;
  }
  return group.spans[index];
}

std::vector<Ending> draw_run(const TraceSpec& trace, const Shape& shape, std::uint32_t first,
                             Random& random) {
  std::vector<Ending> endings(shape.spans.size(), Ending::success);
  for (std::size_t index = first; index < shape.spans.size(); ++index) {
    const double rate = rate_of(trace, shape.spans[index]);
    if (index == first || (rate > 0.0 && random.fraction() < rate)) {
      endings[index] = Ending::fails_itself;
    }
  }
  mark_ancestors(trace, shape, endings);
  return endings;
}

// The spans that can fail by their kind; all in one group when there are more kinds than `most`.
std::vector<Group> groups_of(const TraceSpec& trace, const Shape& shape, std::size_t most) {
  std::map<std::uint32_t, Group> by_spec;
  Group all;
  double none_before = 1.0;
  for (std::uint32_t index = 0; index < shape.spans.size(); ++index) {
    const double rate = rate_of(trace, shape.spans[index]);
    if (rate * none_before > 0.0) {
      by_spec[shape.spans[index].spec].add(index, rate * none_before);
      all.add(index, rate * none_before);
    }
    none_before *= 1.0 - rate;
  }
  if (by_spec.size() > most) {
    return {std::move(all)};
  }
  std::vector<Group> groups;
  groups.reserve(by_spec.size());
  for (auto& [spec, group] : by_spec) {
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

Failures draw_failures(const TraceSpec& trace, const Shape& shape, Random& random,
                       const RunLimits& limits) {
  const std::vector<Group> groups = groups_of(trace, shape, limits.most);
  Failures failures;
  if (groups.empty()) {
    return failures;
  }
  const std::size_t runs =
      std::max<std::size_t>(std::min(limits.least, limits.most) / groups.size(), 1);
  double chance = 0.0;
  for (const Group& group : groups) {
    for (std::size_t run = 0; run < runs; ++run) {
      chance += group.chance / static_cast<double>(runs);
      const double bound = chance * k_two_to_64;
      failures.bounds.push_back(bound < k_two_to_64 ? static_cast<std::uint64_t>(bound)
                                                    : UINT64_MAX);
      failures.runs.push_back(draw_run(trace, shape, draw_first(group, random), random));
    }
  }
  return failures;
}

}  // namespace otelctl::synth
