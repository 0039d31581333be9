// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/tree.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace otelctl::trace {
namespace {

void mark(Tree& tree, std::uint32_t index, Oddity oddity) {
  tree.oddities[index] |= static_cast<std::uint8_t>(oddity);
}

// Sorted by it, exact copies stand side by side; the place in the input makes the order total.
auto id_key(const Trace& trace, std::uint32_t index) {
  const Span& span = trace.spans[index];
  return std::make_tuple(span.id, span.start, span.duration, span.parent_id, span.name, span.kind,
                         span.attributes.count, index);
}

// Finds spans by id and settles what happens to those that share one.
class Index {
 public:
  Index(const Trace& trace, Tree& tree) : m_trace(trace), m_by_id(trace.spans.size()) {
    std::iota(m_by_id.begin(), m_by_id.end(), 0U);
    std::sort(m_by_id.begin(), m_by_id.end(), [&](std::uint32_t left, std::uint32_t right) {
      return id_key(trace, left) < id_key(trace, right);
    });
    drop_copies(tree);
    for (std::size_t first = 0; first < m_by_id.size();) {
      std::size_t last = first + 1;
      while (last < m_by_id.size() && id(last) == id(first)) {
        ++last;
      }
      settle(tree, first, last);
      first = last;
    }
  }

  // The span that children mean by this id, k_no_span when there is none.
  std::uint32_t find(const SpanId& wanted) const {
    const auto found = std::lower_bound(
        m_by_id.begin(), m_by_id.end(), wanted,
        [&](std::uint32_t index, const SpanId& value) { return m_trace.spans[index].id < value; });
    return found == m_by_id.end() || m_trace.spans[*found].id != wanted ? k_no_span : *found;
  }

  // The spans that are left when exact copies are gone.
  const std::vector<std::uint32_t>& spans() const { return m_by_id; }

 private:
  const SpanId& id(std::size_t place) const { return m_trace.spans[m_by_id[place]].id; }

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
        std::unique(m_by_id.begin(), m_by_id.end(), [&](std::uint32_t left, std::uint32_t right) {
          return is_copy(m_trace.spans[left], m_trace.spans[right]);
        });
    tree.copies = static_cast<std::size_t>(m_by_id.end() - end);
    m_by_id.erase(end, m_by_id.end());
  }

  // Spans first to last have the same id. The first of them is found by it.
  void settle(Tree& tree, std::size_t first, std::size_t last) {
    if (last - first == 2) {
      std::uint32_t& front = m_by_id[first];
      std::uint32_t& back = m_by_id[first + 1];
      if (m_trace.spans[front].kind == SpanKind::client &&
          m_trace.spans[back].kind == SpanKind::server) {
        std::swap(front, back);
      }
      if (m_trace.spans[front].kind == SpanKind::server &&
          m_trace.spans[back].kind == SpanKind::client) {
        tree.parent[front] = back;
        return;
      }
    }
    for (std::size_t place = first; last - first > 1 && place < last; ++place) {
      mark(tree, m_by_id[place], Oddity::duplicate_id);
    }
  }

  const Trace& m_trace;
  std::vector<std::uint32_t> m_by_id;
};

void find_parents(const Trace& trace, const Index& index, Tree& tree) {
  for (const std::uint32_t span : index.spans()) {
    if (tree.parent[span] != k_no_span || !trace.spans[span].parent_id.is_valid()) {
      continue;
    }
    tree.parent[span] = index.find(trace.spans[span].parent_id);
    if (tree.parent[span] == k_no_span) {
      mark(tree, span, Oddity::orphan);
    }
  }
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
  for (const std::uint32_t from : index.spans()) {
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
  }
}

Time end_after(Time start, nanoseconds duration) {
  const nanoseconds room = Time::max() - start;
  return start + std::min(duration, room);
}

// Gives spans without a start the one of their nearest ancestor that has one.
void set_times(const Trace& trace, const Index& index, Tree& tree) {
  for (const std::uint32_t span : index.spans()) {
    tree.start[span] = trace.spans[span].start;
  }
  std::vector<bool> is_settled(trace.spans.size());
  std::vector<std::uint32_t> without;
  for (const std::uint32_t span : index.spans()) {
    std::uint32_t at = span;
    for (; at != k_no_span && !is_settled[at] && tree.start[at] == Time{}; at = tree.parent[at]) {
      without.push_back(at);
    }
    for (const std::uint32_t late : without) {
      tree.start[late] = at == k_no_span ? Time{} : tree.start[at];
      is_settled[late] = true;
    }
    without.clear();
  }
  for (const std::uint32_t span : index.spans()) {
    tree.end[span] = end_after(tree.start[span], trace.spans[span].duration);
  }
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

  std::vector<std::uint32_t> by_time = index.spans();
  std::sort(by_time.begin(), by_time.end(), [&](std::uint32_t left, std::uint32_t right) {
    const Span& a = trace.spans[left];
    const Span& b = trace.spans[right];
    return std::tie(tree.start[left], b.duration, a.id, left) <
           std::tie(tree.start[right], a.duration, b.id, right);
  });
  list_children(by_time, tree);
  set_order(tree);
  return tree;
}

}  // namespace otelctl::trace
