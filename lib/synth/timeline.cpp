// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/timeline.hpp"

#include <algorithm>

namespace otelctl::synth {
// Slots: two for each span, one that stays 0, one that nobody reads, one for each parent of
// parallel children that holds the latest end among them. Gaps: two for each span (before a child;
// after the last one), one that stays 0, one for each consumer that comes after its producer.
class Timeline::Builder {
 public:
  Builder(Timeline& timeline, const TraceSpec& trace, const Shape& shape)
      : m_timeline(timeline),
        m_trace(trace),
        m_shape(shape),
        m_count(static_cast<std::uint32_t>(shape.spans.size())),
        m_subtree_end(m_count),
        m_join(m_count, 0) {
    m_timeline.m_slots = 2 * m_count + 2;
  }

  void build() {
    for (std::uint32_t span = m_count; span-- > 0;) {
      m_subtree_end[span] = std::max(m_subtree_end[span], span + 1);
      if (span > 0) {
        std::uint32_t& end = m_subtree_end[parent_of(span)];
        end = std::max(end, m_subtree_end[span]);
      }
    }
    begin_run(zero());
    walk(0, zero());
    // The list grows while consumers send on.
    for (std::size_t index = 0; index < m_consumers.size(); ++index) {
      const std::uint32_t consumer = m_consumers[index];
      begin_run(end_of(parent_of(consumer)));
      walk(consumer, zero() + 1 + static_cast<std::uint32_t>(index));
      m_timeline.m_senders.push_back(parent_of(consumer));
    }
    end_run();
  }

 private:
  std::uint32_t parent_of(std::uint32_t span) const { return m_shape.spans[span].parent; }
  const SpanSpec& spec_of(std::uint32_t span) const {
    return m_trace.spans[m_shape.spans[span].spec];
  }
  static std::uint32_t start_of(std::uint32_t span) { return 2 * span; }
  static std::uint32_t end_of(std::uint32_t span) { return 2 * span + 1; }
  // The slot, and the gap, that stays 0.
  std::uint32_t zero() const { return 2 * m_count; }
  bool is_parallel(std::uint32_t span) const {
    return spec_of(span).children == ChildOrder::parallel;
  }
  bool comes_after_parent(std::uint32_t span) const {
    return spec_of(span).kind == SpanKind::consumer &&
           spec_of(parent_of(span)).kind == SpanKind::producer;
  }

  void step(std::uint32_t slot, std::uint32_t gap) { m_timeline.m_steps.push_back({slot, gap}); }

  void end_run() {
    if (!m_timeline.m_runs.empty()) {
      m_timeline.m_runs.back().end = static_cast<std::uint32_t>(m_timeline.m_steps.size());
    }
  }
  void begin_run(std::uint32_t from) {
    end_run();
    m_timeline.m_runs.push_back({from, 0, 2 * m_count + 1});
  }

  // One subtree without the consumers that come after it; those are put on the list.
  void walk(std::uint32_t root, std::uint32_t gap) {
    std::vector<std::uint32_t> open;
    step(start_of(root), gap);
    open.push_back(root);
    for (std::uint32_t span = root + 1; span < m_subtree_end[root];) {
      if (comes_after_parent(span)) {
        m_consumers.push_back(span);
        span = m_subtree_end[span];
        continue;
      }
      while (open.back() != parent_of(span)) {
        leave(open.back(), root);
        open.pop_back();
      }
      enter(span);
      open.push_back(span);
      ++span;
    }
    for (; !open.empty(); open.pop_back()) {
      leave(open.back(), root);
    }
    if (root > 0) {
      m_timeline.m_last.push_back(end_of(root));
    }
  }

  void enter(std::uint32_t span) {
    const std::uint32_t parent = parent_of(span);
    if (is_parallel(parent)) {
      begin_run(start_of(parent));
      m_timeline.m_spans[parent].waits = 1;
    } else {
      m_timeline.m_spans[parent].waits += 1;
    }
    step(start_of(span), 2 * parent);
  }

  void leave(std::uint32_t span, std::uint32_t root) {
    if (m_join[span] != 0) {
      begin_run(m_join[span]);
    }
    step(end_of(span), 2 * span + 1);
    if (span != root && is_parallel(parent_of(span))) {
      std::uint32_t& join = m_join[parent_of(span)];
      if (join == 0) {
        join = m_timeline.m_slots++;
      }
      m_timeline.m_runs.back().join = join;
    }
  }

  Timeline& m_timeline;
  const TraceSpec& m_trace;
  const Shape& m_shape;
  std::uint32_t m_count;
  std::vector<std::uint32_t> m_subtree_end;
  std::vector<std::uint32_t> m_join;  // of each span, 0: none yet
  std::vector<std::uint32_t> m_consumers;
};

Timeline::Timeline(const TraceSpec& trace, const Shape& shape,
                   const std::vector<std::uint32_t>& table_of) {
  for (const ShapeSpan& span : shape.spans) {
    m_spans.push_back({table_of[span.spec], 0, 0});
  }
  Builder(*this, trace, shape).build();
  for (Span& span : m_spans) {
    span.share = 65536U / (span.waits + 1);
  }
}

void Timeline::Times::make_room(const Timeline& timeline) {
  const std::size_t wanted_gaps = 2 * timeline.m_spans.size() + 1 + timeline.m_senders.size();
  gaps.resize(std::max(gaps.size(), wanted_gaps));
  times.resize(std::max<std::size_t>(times.size(), timeline.m_slots));
}

}  // namespace otelctl::synth
