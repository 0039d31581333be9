// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/summary.hpp"

#include <algorithm>
#include <tuple>

namespace otelctl::trace {
namespace {

std::vector<ServiceCount> count_services(const Trace& trace, const Tree& tree) {
  // Different resources may name the same service, so texts are counted, not resources.
  std::vector<Text> names;
  names.reserve(tree.order.size());
  for (const std::uint32_t index : tree.order) {
    names.push_back(trace.columns->resources[trace.spans[index].resource].service);
  }
  std::sort(names.begin(), names.end());
  std::vector<ServiceCount> services;
  for (auto first = names.begin(); first != names.end();) {
    const auto last = std::upper_bound(first, names.end(), *first);
    services.push_back({std::string(trace.text(*first)), static_cast<std::size_t>(last - first)});
    first = last;
  }
  sort_services(services);
  return services;
}

}  // namespace

void sort_services(std::vector<ServiceCount>& services) {
  std::sort(services.begin(), services.end(),
            [](const ServiceCount& left, const ServiceCount& right) {
              return std::tie(right.span_count, left.name) < std::tie(left.span_count, right.name);
            });
}

std::uint32_t main_root(const Tree& tree) {
  if (tree.roots.empty()) {
    return k_no_span;
  }
  const auto found = std::find_if(tree.roots.begin(), tree.roots.end(),
                                  [&](std::uint32_t root) { return tree.oddities[root] == 0; });
  return found == tree.roots.end() ? tree.roots.front() : *found;
}

Summary summarize(const Trace& trace) {
  return summarize(trace, build_tree(trace));
}

Summary summarize(const Trace& trace, const Tree& tree) {
  Summary summary;
  summary.id = trace.id;
  summary.span_count = tree.order.size();
  if (tree.order.empty()) {
    return summary;
  }
  const Span& root = trace.spans[main_root(tree)];
  summary.root_service = trace.service(root);
  summary.root_name = trace.text(root.name);
  summary.start = tree.trace_start();
  summary.duration = tree.trace_end() - summary.start;
  summary.error_count = static_cast<std::size_t>(
      std::count_if(tree.order.begin(), tree.order.end(),
                    [&](std::uint32_t index) { return trace.spans[index].has_failed(); }));
  summary.services = count_services(trace, tree);
  return summary;
}

}  // namespace otelctl::trace
