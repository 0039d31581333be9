// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/tree.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <tuple>

namespace otelctl::trace {
namespace {

void mark(Tree& tree, std::uint32_t index, Oddity oddity) {
  tree.oddities[index] |= static_cast<std::uint8_t>(oddity);
}

// The id as a number that sorts as the id does: comparing bytes costs a call each time.
std::uint64_t as_number(const SpanId& id) {
  std::uint64_t number = 0;
  for (const std::uint8_t byte : id.bytes) {
    number = number << 8U | byte;
  }
  return number;
}

// Among spans of one id: sorted by it, exact copies stand side by side.
auto content_key(const Trace& trace, std::uint32_t index) {
  const Span& span = trace.spans[index];
  return std::make_tuple(span.start, span.duration, as_number(span.parent_id), span.name, span.kind,
                         span.attributes.count, index);
}

// Finds spans by id and settles what happens to those that share one.
class Index {
 public:
  Index(const Trace& trace, Tree& tree) : m_trace(trace) {
    m_entries.reserve(trace.spans.size());
    for (std::uint32_t index = 0; index < trace.spans.size(); ++index) {
      m_entries.push_back({as_number(trace.spans[index].id), index});
    }
    std::sort(m_entries.begin(), m_entries.end());
    for_each_id([&](auto first, auto last) {
      std::sort(first, last, [&](const Entry& left, const Entry& right) {
        return content_key(trace, left.index) < content_key(trace, right.index);
      });
    });
    drop_copies(tree);
    for_each_id([&](auto first, auto last) { settle(tree, first, last); });
    count_fronts();
  }

  // The span that children mean by this id, k_no_span when there is none.
  std::uint32_t find(const SpanId& wanted) const {
    const Entry first{as_number(wanted), 0};
    const std::size_t front = first.id >> m_shift;
    const auto begin = m_entries.begin() + m_fronts[front];
    const auto end = m_entries.begin() + m_fronts[front + 1];
    const auto found =
        std::lower_bound(begin, end, first,
                         [](const Entry& left, const Entry& right) { return left.id < right.id; });
    return found == end || found->id != first.id ? k_no_span : found->index;
  }

  // Calls for each span that is left when exact copies are gone.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const Entry& entry : m_entries) {
      visit(entry.index);
    }
  }

 private:
  struct Entry {
    std::uint64_t id;
    std::uint32_t index;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  using Entries = std::vector<Entry>::iterator;

  // Where the ids with each front (as many high bits as make about one a span) begin. Ids are
  // random as a rule, so this leaves next to nothing to search; where they are not, all of the
  // search.
  void count_fronts() {
    const int bits = std::max(1, static_cast<int>(std::bit_width(m_entries.size())) - 1);
    m_shift = 64 - bits;
    m_fronts.assign((std::size_t{1} << bits) + 1, 0);
    for (const Entry& entry : m_entries) {
      ++m_fronts[(entry.id >> m_shift) + 1];
    }
    std::partial_sum(m_fronts.begin(), m_fronts.end(), m_fronts.begin());
  }

  // Calls for each group of several spans that have the same id.
  template <typename Visit>
  void for_each_id(Visit visit) {
    for (auto first = m_entries.begin(); first != m_entries.end();) {
      auto last = first + 1;
      while (last != m_entries.end() && last->id == first->id) {
        ++last;
      }
      if (last - first > 1) {
        visit(first, last);
      }
      first = last;
    }
  }

  bool same(Range left, Range right) const {
    const auto of_left = m_trace.attributes(left);
    const auto of_right = m_trace.attributes(right);
    return std::equal(of_left.begin(), of_left.end(), of_right.begin(), of_right.end());
  }

  bool is_copy(const Span& left, const Span& right) const {
    const Columns& columns = *m_trace.columns;
    return left.id == right.id && left.parent_id == right.parent_id && left.start == right.start &&
           left.duration == right.duration && left.name == right.name && left.kind == right.kind &&
           left.status == right.status && left.events.count == right.events.count &&
           left.links.count == right.links.count &&
           columns.resources[left.resource].service == columns.resources[right.resource].service &&
           same(left.attributes, right.attributes) &&
           same(columns.resources[left.resource].attributes,
                columns.resources[right.resource].attributes);
  }

  void drop_copies(Tree& tree) {
    const auto end =
        std::unique(m_entries.begin(), m_entries.end(), [&](const Entry& left, const Entry& right) {
          return left.id == right.id &&
                 is_copy(m_trace.spans[left.index], m_trace.spans[right.index]);
        });
    tree.copies = static_cast<std::size_t>(m_entries.end() - end);
    m_entries.erase(end, m_entries.end());
  }

  // These spans have the same id; the first of them will be found by it.
  void settle(Tree& tree, Entries first, Entries last) const {
    const auto kind = [&](Entries entry) { return m_trace.spans[entry->index].kind; };
    if (last - first == 2) {
      if (kind(first) == SpanKind::client && kind(first + 1) == SpanKind::server) {
        std::iter_swap(first, first + 1);
      }
      if (kind(first) == SpanKind::server && kind(first + 1) == SpanKind::client) {
        tree.parent[first->index] = (first + 1)->index;
        return;
      }
    }
    std::for_each(first, last,
                  [&](const Entry& entry) { mark(tree, entry.index, Oddity::duplicate_id); });
  }

  const Trace& m_trace;
  std::vector<Entry> m_entries;
  std::vector<std::uint32_t> m_fronts;
  int m_shift = 63;
};

void find_parents(const Trace& trace, const Index& index, Tree& tree) {
  index.for_each([&](std::uint32_t span) {
    if (tree.parent[span] != k_no_span || !trace.spans[span].parent_id.is_valid()) {
      return;
    }
    tree.parent[span] = index.find(trace.spans[span].parent_id);
    if (tree.parent[span] == k_no_span) {
      mark(tree, span, Oddity::orphan);
    }
  });
}

// Cuts each ring of parents above its earliest span.
void cut_rings(const Trace& trace, const Index& index, Tree& tree) {
  enum class State : std::uint8_t { unseen, on_way, done };
  std::vector<State> states(trace.spans.size(), State::unseen);
  const auto is_before = [&](std::uint32_t left, std::uint32_t right) {
    const Span& a = trace.spans[left];
    const Span& b = trace.spans[right];
    return std::tie(a.start, a.id, left) < std::tie(b.start, b.id, right);
  };
  std::vector<std::uint32_t> way;
  index.for_each([&](std::uint32_t from) {
    std::uint32_t at = from;
    for (; at != k_no_span && states[at] == State::unseen; at = tree.parent[at]) {
      states[at] = State::on_way;
      way.push_back(at);
    }
    if (at != k_no_span && states[at] == State::on_way) {
      std::uint32_t earliest = at;
      for (std::uint32_t next = tree.parent[at]; next != at; next = tree.parent[next]) {
        earliest = is_before(next, earliest) ? next : earliest;
      }
      tree.parent[earliest] = k_no_span;
      mark(tree, earliest, Oddity::cycle);
    }
    for (const std::uint32_t passed : way) {
      states[passed] = State::done;
    }
    way.clear();
  });
}

Time end_after(Time start, nanoseconds duration) {
  const nanoseconds room = Time::max() - start;
  return start + std::min(duration, room);
}

// Gives spans without a start the one of their nearest ancestor that has one.
void set_times(const Trace& trace, const Index& index, Tree& tree) {
  index.for_each([&](std::uint32_t span) { tree.start[span] = trace.spans[span].start; });
  std::vector<bool> is_settled(trace.spans.size());
  std::vector<std::uint32_t> without;
  index.for_each([&](std::uint32_t span) {
    std::uint32_t at = span;
    for (; at != k_no_span && !is_settled[at] && tree.start[at] == Time{}; at = tree.parent[at]) {
      without.push_back(at);
    }
    for (const std::uint32_t late : without) {
      tree.start[late] = at == k_no_span ? Time{} : tree.start[at];
      is_settled[late] = true;
    }
    without.clear();
  });
  index.for_each([&](std::uint32_t span) {
    tree.end[span] = end_after(tree.start[span], trace.spans[span].duration);
  });
}

// By start, then the longer first, then id; the place in the input makes the order total.
std::vector<std::uint32_t> sort_by_time(const Trace& trace, const Index& index, const Tree& tree) {
  struct Key {
    Time start;
    nanoseconds shortness;
    std::uint64_t id;
    std::uint32_t index;
    auto operator<=>(const Key&) const = default;
  };
  std::vector<Key> keys;
  keys.reserve(trace.spans.size());
  index.for_each([&](std::uint32_t span) {
    keys.push_back(
        {tree.start[span], -trace.spans[span].duration, as_number(trace.spans[span].id), span});
  });
  // Backends often give spans in the order of their start.
  if (!std::is_sorted(keys.begin(), keys.end())) {
    std::sort(keys.begin(), keys.end());
  }
  std::vector<std::uint32_t> by_time;
  by_time.reserve(keys.size());
  for (const Key& key : keys) {
    by_time.push_back(key.index);
  }
  return by_time;
}

void list_children(const std::vector<std::uint32_t>& by_time, Tree& tree) {
  for (const std::uint32_t span : by_time) {
    if (tree.parent[span] == k_no_span) {
      tree.roots.push_back(span);
    } else {
      ++tree.first_child[tree.parent[span] + 1];
    }
  }
  std::partial_sum(tree.first_child.begin(), tree.first_child.end(), tree.first_child.begin());
  tree.child_list.resize(tree.first_child.back());
  std::vector<std::uint32_t> next(tree.first_child.begin(), tree.first_child.end() - 1);
  for (const std::uint32_t span : by_time) {
    if (tree.parent[span] != k_no_span) {
      tree.child_list[next[tree.parent[span]]++] = span;
    }
  }
}

void set_order(Tree& tree) {
  std::vector<std::uint32_t> waiting(tree.roots.rbegin(), tree.roots.rend());
  while (!waiting.empty()) {
    const std::uint32_t span = waiting.back();
    waiting.pop_back();
    tree.order.push_back(span);
    const auto children = tree.children(span);
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      tree.depth[*child] = tree.depth[span] + 1;
      waiting.push_back(*child);
    }
  }
}

}  // namespace

std::string_view name_of(Oddity oddity) {
  switch (oddity) {
    case Oddity::orphan:
      return "orphan";
    case Oddity::cycle:
      return "cycle";
    case Oddity::duplicate_id:
      return "duplicate_id";
  }
  return "";
}

std::size_t Tree::count(Oddity oddity) const {
  return static_cast<std::size_t>(std::count_if(
      order.begin(), order.end(), [&](std::uint32_t index) { return has(index, oddity); }));
}

Time Tree::trace_start() const {
  Time earliest = Time::max();
  for (const std::uint32_t index : order) {
    if (start[index] != Time{}) {
      earliest = std::min(earliest, start[index]);
    }
  }
  return earliest == Time::max() ? Time{} : earliest;
}

Time Tree::trace_end() const {
  Time latest = trace_start();
  for (const std::uint32_t index : order) {
    latest = std::max(latest, end[index]);
  }
  return latest;
}

Tree build_tree(const Trace& trace) {
  const std::size_t count = trace.spans.size();
  Tree tree;
  tree.parent.assign(count, k_no_span);
  tree.depth.assign(count, 0);
  tree.start.assign(count, Time{});
  tree.end.assign(count, Time{});
  tree.oddities.assign(count, 0);
  tree.first_child.assign(count + 1, 0);
  tree.order.reserve(count);

  const Index index(trace, tree);
  find_parents(trace, index, tree);
  cut_rings(trace, index, tree);
  set_times(trace, index, tree);

  const std::vector<std::uint32_t> by_time = sort_by_time(trace, index, tree);
  list_children(by_time, tree);
  set_order(tree);
  return tree;
}

}  // namespace otelctl::trace
