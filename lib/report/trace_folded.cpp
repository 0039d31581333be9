// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "report/picture_text.hpp"
#include "report/pictures.hpp"
#include "report/trace_formats.hpp"
#include "trace/analysis.hpp"

namespace otelctl::report {
namespace {

constexpr std::size_t k_longest_name = 200;

// The stacks as a tree in which equal stacks are one node.
class FoldedStacks {
 public:
  explicit FoldedStacks(const trace::Trace& trace) : m_trace(trace), m_drawn(trace) {
    m_nodes.push_back({});
    m_node_of.resize(trace.spans.size());
  }

  void write(std::ostream& out) {
    for (const std::uint32_t index : m_drawn.tree.order) {
      add(index);
    }
    sort_nodes();
    write_nodes(out);
  }

 private:
  struct Node {
    std::uint32_t parent = 0;  // 0 is above all roots
    std::uint32_t frame = 0;
    std::uint32_t level = 0;
    std::int64_t self = 0;
  };

  void add(std::uint32_t index) {
    const std::uint32_t parent = m_drawn.tree.parent[index];
    const std::uint32_t above = parent == trace::k_no_span ? 0 : m_node_of[parent];
    const std::uint32_t level = m_nodes[above].level;
    const std::uint32_t node = level > k_most_folded_levels ? above
                               : level == k_most_folded_levels
                                   ? child(above, frame_number("(deeper spans)"))
                                   : child(above, frame_of(m_trace.spans[index]));
    m_node_of[index] = node;
    constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max();
    const std::int64_t self = m_drawn.self[index].count();
    m_nodes[node].self = m_nodes[node].self > k_most - self ? k_most : m_nodes[node].self + self;
  }

  std::uint32_t child(std::uint32_t parent, std::uint32_t frame) {
    const auto [known, is_new] = m_children.try_emplace(std::uint64_t{parent} << 32U | frame,
                                                        static_cast<std::uint32_t>(m_nodes.size()));
    if (is_new) {
      m_nodes.push_back({parent, frame, m_nodes[parent].level + 1, 0});
    }
    return known->second;
  }

  std::uint32_t frame_of(const trace::Span& span) {
    const trace::Text service = m_trace.columns->resources[span.resource].service;
    const std::uint64_t key = std::uint64_t{static_cast<std::uint32_t>(service)} << 32U |
                              static_cast<std::uint32_t>(span.name);
    const auto known = m_frame_of.find(key);
    if (known != m_frame_of.end()) {
      return known->second;
    }
    std::string frame = picture_service(m_trace.text(service), k_longest_name) + ": " +
                        picture_name(m_trace.text(span.name), k_longest_name);
    // It would end the frame.
    std::replace(frame.begin(), frame.end(), ';', ',');
    const std::uint32_t number = frame_number(std::move(frame));
    m_frame_of.emplace(key, number);
    return number;
  }

  std::uint32_t frame_number(std::string frame) {
    const auto [known, is_new] = m_frame_numbers.try_emplace(
        std::move(frame), static_cast<std::uint32_t>(m_frame_numbers.size()));
    if (is_new) {
      m_frames.push_back(&known->first);
    }
    return known->second;
  }

  // Children of one node stand together, by their text.
  void sort_nodes() {
    for (std::uint32_t node = 1; node < m_nodes.size(); ++node) {
      m_sorted.push_back(node);
    }
    std::sort(m_sorted.begin(), m_sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Node& left = m_nodes[a];
      const Node& right = m_nodes[b];
      return left.parent != right.parent ? left.parent < right.parent
                                         : *m_frames[left.frame] < *m_frames[right.frame];
    });
  }

  std::pair<std::size_t, std::size_t> children(std::uint32_t node) const {
    const auto by_parent = [&](std::uint32_t at) { return m_nodes[at].parent; };
    const auto first = std::partition_point(m_sorted.begin(), m_sorted.end(),
                                            [&](std::uint32_t at) { return by_parent(at) < node; });
    const auto last = std::partition_point(first, m_sorted.end(),
                                           [&](std::uint32_t at) { return by_parent(at) == node; });
    return {static_cast<std::size_t>(first - m_sorted.begin()),
            static_cast<std::size_t>(last - m_sorted.begin())};
  }

  void write_nodes(std::ostream& out) const {
    // Of each level that is open the children still to be written, and where its text ends.
    struct Level {
      std::size_t next;
      std::size_t last;
      std::size_t length;
    };
    std::string stack;
    const auto roots = children(0);
    std::vector<Level> open = {{roots.first, roots.second, 0}};
    while (!open.empty()) {
      Level& level = open.back();
      if (level.next == level.last) {
        open.pop_back();
        continue;
      }
      const std::uint32_t node = m_sorted[level.next++];
      stack.resize(level.length);
      stack += level.length == 0 ? "" : ";";
      stack += *m_frames[m_nodes[node].frame];
      if (m_nodes[node].self > 0) {
        out << stack << ' ' << fmt::format_int(m_nodes[node].self).c_str() << '\n';
      }
      const auto below = children(node);
      open.push_back({below.first, below.second, stack.size()});
    }
  }

  const trace::Trace& m_trace;
  const trace::Analysis m_drawn;
  std::vector<Node> m_nodes;
  std::vector<std::uint32_t> m_node_of;
  std::unordered_map<std::uint64_t, std::uint32_t> m_children;
  std::unordered_map<std::uint64_t, std::uint32_t> m_frame_of;
  // The texts stay where they are in the map.
  std::unordered_map<std::string, std::uint32_t> m_frame_numbers;
  std::vector<const std::string*> m_frames;
  std::vector<std::uint32_t> m_sorted;
};

}  // namespace

void write_trace_folded(std::ostream& out, const TraceDetail& detail) {
  FoldedStacks(detail.trace).write(out);
}

TraceFormat folded_trace_format() {
  return {"folded", write_trace_folded};
}

}  // namespace otelctl::report
