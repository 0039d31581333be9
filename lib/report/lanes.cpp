// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/lanes.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <unordered_map>
#include <utility>

namespace otelctl::report {
namespace {

using trace::k_no_span;

template <typename Entry>
using Smallest = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

class LaneFinder {
 public:
  explicit LaneFinder(const trace::Analysis& drawn) : m_drawn(drawn), m_tree(drawn.tree) {
    m_found.lane_of.resize(drawn.trace.spans.size());
  }

  Lanes run() {
    number_services();
    std::vector<std::uint32_t> by_start = m_tree.order;
    std::stable_sort(by_start.begin(), by_start.end(), [&](std::uint32_t a, std::uint32_t b) {
      return m_tree.start[a] < m_tree.start[b];
    });
    for (const std::uint32_t span : by_start) {
      place(span);
    }
    sort_by_service();
    return std::move(m_found);
  }

 private:
  void number_services() {
    for (const std::uint32_t span : m_tree.order) {
      const auto [known, is_new] = m_service_numbers.try_emplace(
          service_of(span), static_cast<std::uint32_t>(m_found.services.size()));
      if (is_new) {
        m_found.services.push_back(known->first);
      }
    }
    m_lane_count.resize(m_found.services.size());
    m_free.resize(m_found.services.size());
  }

  trace::Text service_of(std::uint32_t span) const {
    return m_drawn.trace.columns->resources[m_drawn.trace.spans[span].resource].service;
  }

  void place(std::uint32_t span) {
    free_lanes_until(m_tree.start[span]);
    const std::uint32_t service = m_service_numbers.at(service_of(span));
    const std::uint32_t lane = fits_on_parent(span, service) ? m_found.lane_of[m_tree.parent[span]]
                                                             : take_free_lane(span, service);
    m_found.lane_of[span] = lane;
    m_found.lanes[lane].spans.push_back(span);
    m_open[lane].push_back(span);
  }

  // The first span of a lane holds all others that are open on it, so its end frees the lane.
  void free_lanes_until(Time now) {
    while (!m_busy.empty() && m_busy.top().first <= now) {
      const std::uint32_t lane = m_busy.top().second;
      m_busy.pop();
      m_open[lane].clear();
      m_free[m_found.lanes[lane].service].push(lane);
    }
  }

  bool fits_on_parent(std::uint32_t span, std::uint32_t service) {
    const std::uint32_t parent = m_tree.parent[span];
    // A parent that starts later than its child has no lane yet.
    if (parent == k_no_span || m_tree.start[parent] > m_tree.start[span] ||
        m_tree.end[span] > m_tree.end[parent] ||
        m_service_numbers.at(service_of(parent)) != service) {
      return false;
    }
    std::vector<std::uint32_t>& open = m_open[m_found.lane_of[parent]];
    while (!open.empty() && m_tree.end[open.back()] <= m_tree.start[span]) {
      open.pop_back();
    }
    return !open.empty() && open.back() == parent;
  }

  std::uint32_t take_free_lane(std::uint32_t span, std::uint32_t service) {
    std::uint32_t lane = static_cast<std::uint32_t>(m_found.lanes.size());
    if (m_free[service].empty()) {
      m_found.lanes.push_back({service, m_lane_count[service]++, {}});
      m_open.emplace_back();
    } else {
      lane = m_free[service].top();
      m_free[service].pop();
    }
    m_busy.emplace(m_tree.end[span], lane);
    return lane;
  }

  void sort_by_service() {
    std::vector<std::uint32_t> order(m_found.lanes.size());
    std::vector<std::uint32_t> first(m_found.services.size() + 1);
    for (std::size_t service = 0; service < m_lane_count.size(); ++service) {
      first[service + 1] = first[service] + m_lane_count[service];
    }
    std::vector<Lane> sorted(m_found.lanes.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
      Lane& lane = m_found.lanes[place];
      order[place] = first[lane.service] + lane.number;
      sorted[order[place]] = std::move(lane);
    }
    m_found.lanes = std::move(sorted);
    for (const std::uint32_t span : m_tree.order) {
      m_found.lane_of[span] = order[m_found.lane_of[span]];
    }
  }

  const trace::Analysis& m_drawn;
  const trace::Tree& m_tree;
  Lanes m_found;
  std::unordered_map<trace::Text, std::uint32_t> m_service_numbers;
  // Of each lane the spans that are at work on it, the outermost first.
  std::vector<std::vector<std::uint32_t>> m_open;
  // When a lane becomes free.
  Smallest<std::pair<Time, std::uint32_t>> m_busy;
  // Of each service.
  std::vector<std::uint32_t> m_lane_count;
  std::vector<Smallest<std::uint32_t>> m_free;
};

}  // namespace

Lanes assign_lanes(const trace::Analysis& drawn) {
  return LaneFinder(drawn).run();
}

}  // namespace otelctl::report
