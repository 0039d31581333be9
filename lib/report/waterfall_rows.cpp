// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_rows.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>


namespace otelctl::report {
namespace {

using trace::k_no_span;
using trace::Span;

// Fewer are as easily read one by one.
constexpr std::size_t k_smallest_group = 4;

nanoseconds sum(nanoseconds left, nanoseconds right) {
  return left > nanoseconds::max() - right ? nanoseconds::max() : left + right;
}

class Chooser {
 public:
  Chooser(const trace::Analysis& drawn, const WaterfallOptions& options)
      : m_drawn(drawn),
        m_trace(drawn.trace),
        m_tree(drawn.tree),
        m_options(options),
        m_is_shown(drawn.trace.spans.size(), false),
        m_leader(drawn.trace.spans.size()) {
    std::iota(m_leader.begin(), m_leader.end(), 0U);
  }

  WaterfallRows run() {
    select();
    // What stands below a span's line belongs to that span, so each keeps its own.
    if (!m_options.with_events && m_options.attributes.empty()) {
      group();
    }
    const auto lines =
        static_cast<std::size_t>(std::count(m_is_shown.begin(), m_is_shown.end(), true));
    WaterfallRows chosen;
    chosen.is_folded = m_options.max_spans && lines > *m_options.max_spans;
    if (chosen.is_folded) {
      fold(*m_options.max_spans);
    }
    add_rows(chosen);
    find_last_siblings(chosen);
    return chosen;
  }

 private:
  void select() {
    if (m_options.only_errors) {
      for (const std::uint32_t index : m_tree.order) {
        for (std::uint32_t at = index;
             m_trace.spans[index].has_failed() && at != k_no_span && !m_is_shown[at];
             at = m_tree.parent[at]) {
          m_is_shown[at] = true;
        }
      }
    } else {
      m_is_shown.assign(m_is_shown.size(), false);
      for (const std::uint32_t index : m_tree.order) {
        m_is_shown[index] = true;
      }
    }
    for (const std::uint32_t index : m_tree.order) {
      if (m_options.depth && m_tree.depth[index] > *m_options.depth) {
        m_is_shown[index] = false;
      }
    }
  }

  bool looks_like(std::uint32_t left, std::uint32_t right) const {
    const Span& a = m_trace.spans[left];
    const Span& b = m_trace.spans[right];
    return a.name == b.name && a.kind == b.kind && a.status == b.status &&
           a.status_message == b.status_message &&
           m_trace.columns->resources[a.resource].service ==
               m_trace.columns->resources[b.resource].service;
  }

  // Puts neighbours that look the same on the line of the first of them.
  void group() {
    for (const std::uint32_t parent : m_tree.order) {
      const auto children = m_tree.children(parent);
      for (std::size_t first = 0; first < children.size();) {
        std::size_t last = first;
        while (last < children.size() && m_is_shown[children[last]] &&
               m_tree.children(children[last]).empty() &&
               looks_like(children[first], children[last])) {
          ++last;
        }
        for (std::size_t place = first + 1; last - first >= k_smallest_group && place < last;
             ++place) {
          m_is_shown[children[place]] = false;
          m_leader[children[place]] = children[first];
        }
        first = std::max(last, first + 1);
      }
    }
  }

  // What comes first when not all can be shown; the smaller the better.
  struct Rank {
    int kind;
    nanoseconds shortness;
    friend auto operator<=>(const Rank&, const Rank&) = default;
  };

  Rank rank_of(std::uint32_t index) const {
    const int kind = m_tree.parent[index] == k_no_span   ? 0
                     : m_trace.spans[index].has_failed() ? 1
                     : m_drawn.path.contains[index]      ? 2
                                                         : 3;
    return {kind, -m_trace.spans[index].duration};
  }

  // Opens the tree from the roots, always where the best of what is still closed lies below, so
  // that no span hangs in the air and a failed one that is too deep is at least pointed at.
  void fold(std::size_t lines) {
    std::vector<Rank> best(m_is_shown.size());
    for (auto index = m_tree.order.rbegin(); index != m_tree.order.rend(); ++index) {
      best[*index] = rank_of(*index);
      for (const std::uint32_t child : m_tree.children(*index)) {
        if (m_is_shown[child] && m_tree.parent[*index] != k_no_span) {
          best[*index] = std::min(best[*index], best[child]);
        }
      }
    }
    using Entry = std::pair<Rank, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> closed;
    for (const std::uint32_t root : m_tree.roots) {
      if (m_is_shown[root]) {
        closed.emplace(best[root], root);
      }
    }
    std::vector<bool> is_open(m_is_shown.size(), false);
    for (; lines > 0 && !closed.empty(); --lines) {
      const std::uint32_t next = closed.top().second;
      closed.pop();
      is_open[next] = true;
      for (const std::uint32_t child : m_tree.children(next)) {
        if (m_is_shown[child]) {
          closed.emplace(best[child], child);
        }
      }
    }
    m_is_shown = std::move(is_open);
  }

  void add_rows(WaterfallRows& chosen) const {
    // Of each span the row that it is on, or else the row that it is hidden below.
    std::vector<std::uint32_t> row_of(m_is_shown.size(), k_no_span);
    for (const std::uint32_t index : m_tree.order) {
      const std::uint32_t leader = m_leader[index];
      if (m_is_shown[leader]) {
        if (leader == index) {
          row_of[index] = static_cast<std::uint32_t>(chosen.rows.size());
          chosen.rows.push_back({index, 0, m_tree.start[index], m_tree.end[index]});
        }
        add_to(chosen.rows[row_of[leader]], index);
        continue;
      }
      ++chosen.hidden;
      chosen.hidden_failed += m_trace.spans[index].has_failed() ? 1U : 0U;
      const std::uint32_t parent = m_tree.parent[index];
      row_of[index] = parent == k_no_span ? k_no_span : row_of[parent];
      if (row_of[index] != k_no_span) {
        ++chosen.rows[row_of[index]].hidden;
      }
    }
  }

  void add_to(WaterfallRow& row, std::uint32_t index) const {
    const nanoseconds duration = m_trace.spans[index].duration;
    ++row.count;
    row.end = std::max(row.end, m_tree.end[index]);
    row.duration = sum(row.duration, duration);
    row.longest = std::max(row.longest, duration);
    row.self = sum(row.self, m_drawn.self[index]);
    row.is_critical = row.is_critical || m_drawn.path.contains[index];
  }

  void find_last_siblings(WaterfallRows& chosen) const {
    chosen.is_last.assign(m_is_shown.size(), false);
    const auto mark = [&](std::span<const std::uint32_t> siblings) {
      const auto last = std::find_if(siblings.rbegin(), siblings.rend(),
                                     [&](std::uint32_t index) { return m_is_shown[index]; });
      if (last != siblings.rend()) {
        chosen.is_last[*last] = true;
      }
    };
    for (const WaterfallRow& row : chosen.rows) {
      mark(m_tree.children(row.span));
    }
  }

  const trace::Analysis& m_drawn;
  const trace::Trace& m_trace;
  const trace::Tree& m_tree;
  const WaterfallOptions& m_options;
  // Whether the span has a line of its own.
  std::vector<bool> m_is_shown;
  // The span on whose line it is; itself, where it is on none other.
  std::vector<std::uint32_t> m_leader;
};

}  // namespace

WaterfallRows choose_rows(const trace::Analysis& drawn, const WaterfallOptions& options) {
  return Chooser(drawn, options).run();
}

}  // namespace otelctl::report
