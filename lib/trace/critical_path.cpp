// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/critical_path.hpp"

#include <algorithm>
#include <tuple>

namespace otelctl::trace {
namespace {

// A child cut to its parent's time.
struct Candidate {
  std::uint32_t span;
  Time begin;
  Time end;
};

// A span that the walk is in.
struct Frame {
  std::uint32_t span;
  Time begin;
  Time now;  // the walk goes back in time: up to here the path is known
  // Its candidates in Walk::m_candidates, from the last one to finish to the first.
  std::size_t next;
  std::size_t last;
};

class Walk {
 public:
  Walk(const Trace& trace, const Tree& tree, CriticalPath& path)
      : m_trace(trace), m_tree(tree), m_path(path) {}

  void from(std::uint32_t root) {
    enter({root, m_tree.start[root], m_tree.end[root]});
    while (!m_frames.empty()) {
      step();
    }
  }

 private:
  void enter(const Candidate& visited) {
    m_path.contains[visited.span] = true;
    const std::size_t first = m_candidates.size();
    for (const std::uint32_t child : m_tree.children(visited.span)) {
      const Candidate candidate{child, std::max(m_tree.start[child], visited.begin),
                                std::min(m_tree.end[child], visited.end)};
      if (candidate.begin < candidate.end && waits_for(m_trace, visited.span, child)) {
        m_candidates.push_back(candidate);
      }
    }
    // Of two that finish together the longer one; then the order of siblings decides.
    std::stable_sort(m_candidates.begin() + static_cast<std::ptrdiff_t>(first), m_candidates.end(),
                     [](const Candidate& left, const Candidate& right) {
                       return std::tie(right.end, left.begin) < std::tie(left.end, right.begin);
                     });
    m_frames.push_back({visited.span, visited.begin, visited.end, first, m_candidates.size()});
  }

  void step() {
    Frame& frame = m_frames.back();
    while (frame.next < frame.last && m_candidates[frame.next].end > frame.now) {
      ++frame.next;
    }
    if (frame.next == frame.last) {
      m_path.time[frame.span] += frame.now - frame.begin;
      m_frames.pop_back();
      m_candidates.resize(m_frames.empty() ? 0 : m_frames.back().last);
      return;
    }
    const Candidate chosen = m_candidates[frame.next++];
    m_path.time[frame.span] += frame.now - chosen.end;
    frame.now = chosen.begin;
    enter(chosen);
  }

  const Trace& m_trace;
  const Tree& m_tree;
  CriticalPath& m_path;
  std::vector<Frame> m_frames;
  std::vector<Candidate> m_candidates;
};

}  // namespace

bool waits_for(const Trace& trace, std::uint32_t parent, std::uint32_t child) {
  return trace.spans[parent].kind != SpanKind::producer ||
         trace.spans[child].kind != SpanKind::consumer;
}

CriticalPath find_critical_path(const Trace& trace, const Tree& tree) {
  CriticalPath path;
  path.contains.resize(trace.spans.size());
  path.time.resize(trace.spans.size());
  Walk walk(trace, tree, path);
  for (const std::uint32_t root : tree.roots) {
    walk.from(root);
  }
  return path;
}

}  // namespace otelctl::trace
