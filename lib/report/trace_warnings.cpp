// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/trace_warnings.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/text.hpp"
#include "trace/critical_path.hpp"

namespace otelctl::report {
namespace {

using trace::k_no_span;
using trace::Oddity;

std::string spans_have(std::size_t count, std::string_view one, std::string_view several) {
  return count == 1 ? fmt::format("1 span {}", one) : fmt::format("{} spans {}", count, several);
}

std::size_t count_starting_too_early(const trace::Tree& tree) {
  return static_cast<std::size_t>(
      std::count_if(tree.order.begin(), tree.order.end(), [&](std::uint32_t index) {
        const std::uint32_t parent = tree.parent[index];
        return parent != k_no_span && tree.start[index] < tree.start[parent];
      }));
}

// Later than its parent by more than the clocks of one host, which may count in milliseconds.
std::size_t count_ending_too_late(const trace::Trace& trace, const trace::Tree& tree) {
  constexpr std::chrono::milliseconds k_tolerance{1};
  return static_cast<std::size_t>(
      std::count_if(tree.order.begin(), tree.order.end(), [&](std::uint32_t index) {
        const std::uint32_t parent = tree.parent[index];
        return parent != k_no_span && trace::waits_for(trace, parent, index) &&
               tree.end[index] > tree.end[parent] &&
               tree.end[index] - tree.end[parent] > k_tolerance;
      }));
}

std::size_t count_without_start(const trace::Trace& trace, const trace::Tree& tree) {
  return static_cast<std::size_t>(
      std::count_if(tree.order.begin(), tree.order.end(),
                    [&](std::uint32_t index) { return trace.spans[index].start == Time{}; }));
}

std::size_t count_whole_roots(const trace::Tree& tree) {
  return static_cast<std::size_t>(
      std::count_if(tree.roots.begin(), tree.roots.end(),
                    [&](std::uint32_t root) { return tree.oddities[root] == 0; }));
}

}  // namespace

std::vector<std::string> trace_warnings(const trace::Trace& trace, const trace::Tree& tree) {
  std::vector<std::string> warnings;
  const auto add = [&](std::size_t count, auto text) {
    if (count > 0) {
      warnings.push_back(text(count));
    }
  };
  if (trace.is_truncated) {
    warnings.emplace_back("the backend kept spans back: the trace is larger than what is here");
  }
  warnings.insert(warnings.end(), trace.warnings.begin(), trace.warnings.end());
  add(tree.count(Oddity::orphan), [](std::size_t count) {
    return spans_have(count, "has a parent", "have a parent") +
           " that is not in the trace: it may come yet, or was lost or not sampled";
  });
  add(tree.count(Oddity::cycle), [](std::size_t count) {
    return counted(count, "ring") + " of parents cut: spans are their own ancestors";
  });
  add(tree.count(Oddity::duplicate_id), [](std::size_t count) {
    return spans_have(count, "shares its id", "share their ids") + " with different spans";
  });
  add(tree.copies, [](std::size_t count) {
    return spans_have(count, "is an exact copy and was left out",
                      "are exact copies and were left out");
  });
  add(count_whole_roots(tree) > 1 ? count_whole_roots(tree) : 0, [](std::size_t count) {
    return fmt::format("{} roots: several traces may share the id", count);
  });
  add(count_starting_too_early(tree), [](std::size_t count) {
    return spans_have(count, "starts before its parent", "start before their parents") +
           ": the clocks of the hosts differ";
  });
  add(count_ending_too_late(trace, tree), [](std::size_t count) {
    return spans_have(count, "ends after its parent", "end after their parents") +
           ": work that nobody waits for, or the clocks of the hosts differ";
  });
  add(count_without_start(trace, tree), [](std::size_t count) {
    return spans_have(count, "has no start and stands", "have no start and stand") +
           " where what is above begins";
  });
  return warnings;
}

std::vector<std::string> span_warnings(const trace::Trace& trace, const trace::Tree& tree,
                                       std::uint32_t index) {
  std::vector<std::string> warnings;
  for (const Oddity oddity : trace::k_oddities) {
    if (tree.has(index, oddity)) {
      warnings.emplace_back(name_of(oddity));
    }
  }
  for (const trace::Text warning : trace.warnings_of(trace.spans[index])) {
    warnings.emplace_back(trace.text(warning));
  }
  return warnings;
}

}  // namespace otelctl::report
