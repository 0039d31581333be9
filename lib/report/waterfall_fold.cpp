// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_fold.hpp"

#include <algorithm>
#include <compare>
#include <functional>
#include <queue>
#include <utility>

#include "base/time.hpp"

namespace otelctl::report {
namespace {

// What stays of a long chain: so many at both ends and so many of its slowest. A few more than
// that are no long chain.
constexpr std::size_t k_kept_at_end = 4;
constexpr std::size_t k_kept_slow = 4;
constexpr std::size_t k_longest_chain = 16;

// What comes first when not all can be shown; the smaller the better.
struct Rank {
  int kind = 0;
  nanoseconds shortness{0};
  friend auto operator<=>(const Rank&, const Rank&) = default;
};

class Folding {
 public:
  Folding(const trace::Analysis& drawn, const SpanGroups& groups)
      : m_drawn(drawn), m_groups(groups), m_fold(Fold::none(groups.groups.size())) {
    m_fold.is_open.assign(groups.groups.size(), false);
  }

  Fold run(std::size_t lines, bool may_cut_chains) {
    if (may_cut_chains) {
      shorten_chains();
    }
    open(lines);
    return std::move(m_fold);
  }

 private:
  const Group& group(std::uint32_t index) const { return m_groups.groups[index]; }

  bool has_only_child(std::uint32_t index) const { return group(index).child_count == 1; }

  void shorten_chains() {
    std::vector<std::uint32_t> chain;
    for (std::uint32_t first = 0; first < m_groups.groups.size(); ++first) {
      const std::uint32_t parent = group(first).parent;
      if (!has_only_child(first) || (parent != k_no_group && has_only_child(parent))) {
        continue;
      }
      chain.clear();
      for (std::uint32_t at = first;; at = group(at).first_child) {
        chain.push_back(at);
        if (!has_only_child(at)) {
          break;
        }
      }
      if (chain.size() > k_longest_chain) {
        shorten(chain);
      }
    }
  }

  void shorten(const std::vector<std::uint32_t>& chain) {
    std::vector<std::size_t> inner;
    for (std::size_t place = k_kept_at_end; place < chain.size() - k_kept_at_end; ++place) {
      inner.push_back(place);
      m_fold.is_in_gap[chain[place]] = true;
    }
    std::partial_sort(inner.begin(), inner.begin() + k_kept_slow, inner.end(),
                      [&](std::size_t left, std::size_t right) {
                        const nanoseconds of_left = self_time(chain[left]);
                        const nanoseconds of_right = self_time(chain[right]);
                        return of_left != of_right ? of_left > of_right : left < right;
                      });
    for (std::size_t kept = 0; kept < k_kept_slow; ++kept) {
      m_fold.is_in_gap[chain[inner[kept]]] = false;
    }
    // A gap of one would be no shorter than what it stands for.
    for (std::size_t place = 1; place + 1 < chain.size(); ++place) {
      if (!m_fold.is_in_gap[chain[place - 1]] && !m_fold.is_in_gap[chain[place + 1]]) {
        m_fold.is_in_gap[chain[place]] = false;
      }
    }
  }

  nanoseconds self_time(std::uint32_t index) const {
    nanoseconds most{0};
    for (const std::uint32_t span : m_groups.spans(group(index))) {
      most = std::max(most, m_drawn.self[span]);
    }
    return most;
  }

  Rank rank_of(std::uint32_t index) const {
    Rank rank{3, nanoseconds{0}};
    for (const std::uint32_t span : m_groups.spans(group(index))) {
      const int kind = m_drawn.trace.spans[span].has_failed() ? 1
                       : m_drawn.path.contains[span]          ? 2
                                                              : 3;
      rank.kind = std::min(rank.kind, kind);
      rank.shortness = std::min(rank.shortness, -m_drawn.trace.spans[span].duration);
    }
    return rank;
  }

  void open(std::size_t lines) {
    std::vector<Rank> best(m_groups.groups.size());
    for (std::uint32_t index = static_cast<std::uint32_t>(best.size()); index-- > 0;) {
      best[index] = rank_of(index);
      for (std::uint32_t child = 0; child < group(index).child_count; ++child) {
        best[index] = std::min(best[index], best[group(index).first_child + child]);
      }
      if (index < m_groups.root_count) {
        // All roots come first; among them the broken ones, should there be too many.
        best[index].shortness = best[index].kind == 1 ? nanoseconds::min() : best[index].shortness;
        best[index].kind = 0;
      }
    }
    using Entry = std::pair<Rank, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> closed;
    for (std::uint32_t root = 0; root < m_groups.root_count; ++root) {
      closed.emplace(best[root], root);
    }
    while (!closed.empty()) {
      const std::uint32_t first = closed.top().second;
      closed.pop();
      const std::uint32_t next = m_fold.below_gap(m_groups, first);
      const std::size_t needed = next == first ? 1 : 2;
      if (needed > lines) {
        break;
      }
      lines -= needed;
      m_fold.is_open[next] = true;
      for (std::uint32_t child = 0; child < group(next).child_count; ++child) {
        closed.emplace(best[group(next).first_child + child], group(next).first_child + child);
      }
    }
  }

  const trace::Analysis& m_drawn;
  const SpanGroups& m_groups;
  Fold m_fold;
};

}  // namespace

Fold fold_groups(const trace::Analysis& drawn, const SpanGroups& groups, std::size_t lines,
                 bool may_cut_chains) {
  return Folding(drawn, groups).run(lines, may_cut_chains);
}

}  // namespace otelctl::report
