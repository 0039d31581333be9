// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_rows.hpp"

#include <algorithm>
#include <utility>

#include "report/waterfall_fold.hpp"
#include "trace/self_time.hpp"

namespace otelctl::report {
namespace {

using trace::k_no_span;

// Fewer are as easily read one by one.
constexpr std::size_t k_smallest_group = 4;

std::vector<bool> select_spans(const trace::Analysis& drawn, const WaterfallOptions& options) {
  const trace::Tree& tree = drawn.tree;
  std::vector<bool> is_shown(drawn.trace.spans.size(), false);
  for (const std::uint32_t span : tree.order) {
    const bool is_wanted = !options.only_errors || drawn.trace.spans[span].has_failed() ||
                           drawn.failures_below[span] > 0;
    is_shown[span] = is_wanted && tree.depth[span] <= options.depth.value_or(UINT32_MAX);
  }
  return is_shown;
}

class Rows {
 public:
  Rows(const trace::Analysis& drawn, const std::vector<bool>& is_shown, SpanGroups groups)
      : m_drawn(drawn) {
    m_chosen.groups = std::move(groups);
    count_spans(is_shown);
  }

  WaterfallRows run(std::optional<std::size_t> most, bool may_cut_chains) {
    const Groups& groups = m_chosen.groups.groups;
    m_chosen.is_folded = most && groups.size() > *most;
    m_fold = m_chosen.is_folded ? fold_groups(m_drawn, m_chosen.groups, *most, may_cut_chains)
                                : Fold::none(groups.size());
    add_rows();
    count_hidden();
    return std::move(m_chosen);
  }

 private:
  using Groups = std::vector<Group>;

  // Spans of a group and of all below it, those without a line of their own among them.
  struct Count {
    std::size_t spans = 0;
    std::size_t failed = 0;

    Count& operator+=(Count other) {
      spans += other.spans;
      failed += other.failed;
      return *this;
    }
  };

  // A group whose row is due.
  struct Due {
    std::uint32_t group;
    std::uint32_t parent;
    std::uint32_t gap_from;  // the first group left out above it
    bool is_last;
  };

  Count count_of(std::uint32_t span) const {
    return {1, m_drawn.trace.spans[span].has_failed() ? 1U : 0U};
  }

  void count_spans(const std::vector<bool>& is_shown) {
    const Groups& groups = m_chosen.groups.groups;
    std::vector<std::uint32_t> group_of(is_shown.size(), k_no_group);
    m_below.resize(groups.size());
    m_own_hidden.resize(groups.size());
    for (std::uint32_t group = 0; group < groups.size(); ++group) {
      for (const std::uint32_t span : m_chosen.groups.spans(groups[group])) {
        group_of[span] = group;
        m_below[group] += count_of(span);
      }
    }
    // What no group has belongs to that of the nearest one above it.
    for (const std::uint32_t span : m_drawn.tree.order) {
      const std::uint32_t parent = m_drawn.tree.parent[span];
      if (!is_shown[span] && parent != k_no_span && group_of[parent] != k_no_group) {
        group_of[span] = group_of[parent];
        m_own_hidden[group_of[span]] += count_of(span);
      }
    }
    for (std::size_t group = groups.size(); group-- > 0;) {
      m_below[group] += m_own_hidden[group];
      if (groups[group].parent != k_no_group) {
        m_below[groups[group].parent] += m_below[group];
      }
    }
  }

  void add_rows() {
    std::vector<Due> due;
    const auto turn_over = [&](std::size_t first) {
      if (first < due.size()) {
        due.back().is_last = true;
      }
      std::reverse(due.begin() + static_cast<std::ptrdiff_t>(first), due.end());
    };
    for (std::uint32_t root = 0; root < m_chosen.groups.root_count; ++root) {
      if (m_fold.is_open[root]) {
        due.push_back({root, k_no_row, k_no_group, false});
      }
    }
    turn_over(0);
    while (!due.empty()) {
      Due next = due.back();
      due.pop_back();
      if (next.gap_from != k_no_group) {
        add_gap(next);
      }
      const auto row = static_cast<std::uint32_t>(m_chosen.rows.size());
      add_row(next);
      const std::size_t first = due.size();
      const Group& group = m_chosen.groups.groups[next.group];
      for (std::uint32_t child = group.first_child; child < group.first_child + group.child_count;
           ++child) {
        const std::uint32_t shown = m_fold.below_gap(m_chosen.groups, child);
        if (m_fold.is_open[shown]) {
          due.push_back({shown, row, shown == child ? k_no_group : child, false});
        } else {
          hide(m_chosen.rows[row], m_below[child]);
        }
      }
      turn_over(first);
    }
  }

  static void hide(WaterfallRow& row, Count count) {
    row.hidden += count.spans;
    row.hidden_failed += count.failed;
  }

  WaterfallRow& append(const Due& due) {
    WaterfallRow& row = m_chosen.rows.emplace_back();
    row.parent = due.parent;
    row.depth = due.parent == k_no_row ? 0 : m_chosen.rows[due.parent].depth + 1;
    row.is_last = due.is_last;
    return row;
  }

  // The group itself then hangs below the gap.
  void add_gap(Due& due) {
    WaterfallRow& row = append(due);
    row.kind = WaterfallRow::Kind::gap;
    for (std::uint32_t group = due.gap_from; group != due.group;
         group = m_chosen.groups.groups[group].first_child) {
      ++row.levels;
      hide(row, m_own_hidden[group]);
      for (const std::uint32_t span : m_chosen.groups.spans(m_chosen.groups.groups[group])) {
        hide(row, count_of(span));
      }
    }
    due.parent = static_cast<std::uint32_t>(m_chosen.rows.size() - 1);
    due.is_last = true;
  }

  void add_row(const Due& due) {
    WaterfallRow& row = append(due);
    const Group& group = m_chosen.groups.groups[due.group];
    row.group = due.group;
    hide(row, m_own_hidden[due.group]);
    if (group.member_count == 0) {
      row.kind = WaterfallRow::Kind::missing_parent;
      row.missing = group.missing;
      return;
    }
    const auto spans = m_chosen.groups.spans(group);
    row.span = spans.front();
    row.count = spans.size();
    row.start = m_drawn.tree.start[row.span];
    row.end = row.start;
    for (const std::uint32_t span : spans) {
      const nanoseconds duration = m_drawn.trace.spans[span].duration;
      row.start = std::min(row.start, m_drawn.tree.start[span]);
      row.end = std::max(row.end, m_drawn.tree.end[span]);
      row.duration = trace::sum_of_times(row.duration, duration);
      row.longest = std::max(row.longest, duration);
      row.self = trace::sum_of_times(row.self, m_drawn.self[span]);
      row.is_critical = row.is_critical || m_drawn.path.contains[span];
    }
  }

  void count_hidden() {
    Count all;
    for (const std::uint32_t span : m_drawn.tree.order) {
      all += count_of(span);
    }
    for (const WaterfallRow& row : m_chosen.rows) {
      for (const std::uint32_t span : m_chosen.spans(row)) {
        all.spans -= count_of(span).spans;
        all.failed -= count_of(span).failed;
      }
    }
    m_chosen.hidden = all.spans;
    m_chosen.hidden_failed = all.failed;
  }

  const trace::Analysis& m_drawn;
  WaterfallRows m_chosen;
  Fold m_fold;
  std::vector<Count> m_below;
  std::vector<Count> m_own_hidden;
};

}  // namespace

WaterfallRows choose_rows(const trace::Analysis& drawn, const WaterfallOptions& options) {
  const std::vector<bool> is_shown = select_spans(drawn, options);
  // What stands below a span's line belongs to that span, so each keeps its own.
  const bool is_grouped =
      options.max_spans.has_value() && !options.with_events && options.attributes.empty();
  return Rows(drawn, is_shown, group_spans(drawn, is_shown, is_grouped ? k_smallest_group : 0))
      .run(options.max_spans, options.may_cut_chains);
}

WaterfallRows choose_span_rows(const trace::Analysis& drawn, WaterfallOptions options) {
  // A page is searched and a document read whole, up to their bounds.
  options.may_cut_chains = false;
  WaterfallRows chosen = choose_rows(drawn, options);
  std::vector<WaterfallRow> kept;
  kept.reserve(chosen.rows.size());
  // For each row its place among those that are kept, or that of the next one above it.
  std::vector<std::uint32_t> place_of;
  place_of.reserve(chosen.rows.size());
  for (const WaterfallRow& row : chosen.rows) {
    const std::uint32_t above = row.parent == k_no_row ? k_no_row : place_of[row.parent];
    if (row.kind != WaterfallRow::Kind::spans) {
      place_of.push_back(above);
      continue;
    }
    place_of.push_back(static_cast<std::uint32_t>(kept.size()));
    kept.push_back(row);
    kept.back().parent = above;
    kept.back().depth = above == k_no_row ? 0 : kept[above].depth + 1;
  }
  chosen.rows = std::move(kept);
  return chosen;
}

}  // namespace otelctl::report
