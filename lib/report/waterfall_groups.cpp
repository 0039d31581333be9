// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_groups.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace otelctl::report {
namespace {

using trace::k_no_span;
using trace::Span;

// Numbers pairs of numbers, equal ones alike. What has more parts is paired step by step. Open
// addressing: a chain of a million spans has two million pairs.
class Pairs {
 public:
  std::uint32_t number_of(std::uint32_t left, std::uint32_t right) {
    if (m_count * 2 >= m_slots.size()) {
      grow();
    }
    const std::uint64_t pair = std::uint64_t{left} << 32U | right;
    Slot& slot = find(m_slots, pair);
    if (slot.number == 0) {
      slot = {pair, ++m_count};
    }
    return slot.number;
  }
  std::size_t size() const { return m_count; }

 private:
  struct Slot {
    std::uint64_t pair = 0;
    std::uint32_t number = 0;  // 0: free
  };

  static Slot& find(std::vector<Slot>& slots, std::uint64_t pair) {
    // Fibonacci hashing: the upper half of the product depends on all bits.
    const std::size_t mask = slots.size() - 1;
    std::size_t place = static_cast<std::size_t>((pair * 0x9E3779B97F4A7C15U) >> 32U) & mask;
    while (slots[place].number != 0 && slots[place].pair != pair) {
      place = (place + 1) & mask;
    }
    return slots[place];
  }

  void grow() {
    std::vector<Slot> larger(std::max<std::size_t>(256, m_slots.size() * 2));
    for (const Slot& slot : m_slots) {
      if (slot.number != 0) {
        find(larger, slot.pair) = slot;
      }
    }
    m_slots = std::move(larger);
  }

  std::vector<Slot> m_slots;
  std::uint32_t m_count = 0;
};

// Tells which spans look the same with all that is below them: those of one kind.
class Kinds {
 public:
  Kinds(const trace::Analysis& drawn, const std::vector<bool>& is_shown)
      : m_drawn(drawn), m_of(drawn.trace.spans.size(), 0) {
    std::vector<std::uint32_t> below;
    const auto& order = drawn.tree.order;
    for (auto span = order.rbegin(); span != order.rend(); ++span) {
      below.clear();
      for (const std::uint32_t child : drawn.tree.children(*span)) {
        if (is_shown[child]) {
          below.push_back(m_of[child]);
        }
      }
      std::sort(below.begin(), below.end());
      below.erase(std::unique(below.begin(), below.end()), below.end());
      std::uint32_t set = 0;
      for (const std::uint32_t kind : below) {
        set = m_sets.number_of(set, kind);
      }
      m_of[*span] = m_kinds.number_of(look_of(*span), set);
    }
  }

  std::uint32_t operator[](std::uint32_t span) const { return m_of[span]; }
  // All are at most this.
  std::size_t last() const { return m_kinds.size(); }

 private:
  std::uint32_t look_of(std::uint32_t index) {
    const Span& span = m_drawn.trace.spans[index];
    const trace::Text service = m_drawn.trace.columns->resources[span.resource].service;
    const auto traits = static_cast<std::uint32_t>(span.kind) |
                        static_cast<std::uint32_t>(span.status) << 8U |
                        std::uint32_t{m_drawn.tree.oddities[index]} << 16U;
    const std::uint32_t text = m_texts.number_of(static_cast<std::uint32_t>(span.name),
                                                 static_cast<std::uint32_t>(service));
    const std::uint32_t state =
        m_states.number_of(static_cast<std::uint32_t>(span.status_message), traits);
    return m_looks.number_of(text, state);
  }

  const trace::Analysis& m_drawn;
  std::vector<std::uint32_t> m_of;
  Pairs m_texts;
  Pairs m_states;
  Pairs m_looks;
  Pairs m_sets;
  Pairs m_kinds;
};

class Grouping {
 public:
  Grouping(const trace::Analysis& drawn, const std::vector<bool>& is_shown, std::size_t smallest)
      : m_drawn(drawn), m_is_shown(is_shown), m_smallest(smallest) {
    if (m_smallest > 0) {
      m_kinds.emplace(drawn, is_shown);
      m_place.resize(m_kinds->last() + 1);
    }
  }

  SpanGroups run() {
    m_result.members.reserve(m_drawn.tree.order.size());
    add_roots();
    for (std::size_t place = 0; place < m_result.groups.size(); ++place) {
      add_children(place);
    }
    return std::move(m_result);
  }

 private:
  void add_roots() {
    std::unordered_map<std::uint64_t, std::uint32_t> missing;
    std::vector<std::uint32_t> whole;
    const auto add_whole = [&] {
      add_siblings(whole, k_no_group, false);
      whole.clear();
    };
    for (const std::uint32_t root : m_drawn.tree.roots) {
      if (!m_is_shown[root]) {
        continue;
      }
      if (!m_drawn.tree.has(root, trace::Oddity::orphan)) {
        whole.push_back(root);
        continue;
      }
      const SpanId parent = m_drawn.trace.spans[root].parent_id;
      std::uint64_t key = 0;
      for (const std::uint8_t byte : parent.bytes) {
        key = key << 8U | byte;
      }
      const auto [found, is_new] =
          missing.try_emplace(key, static_cast<std::uint32_t>(m_orphans.size()));
      if (is_new) {
        // A missing parent stands where the first of its children does.
        add_whole();
        Group group;
        group.missing = parent;
        group.first_member = found->second;  // until its children are added
        m_result.groups.push_back(group);
        m_orphans.emplace_back();
      }
      m_orphans[found->second].push_back(root);
    }
    add_whole();
    m_result.root_count = m_result.groups.size();
  }

  void add_children(std::size_t place) {
    const Group group = m_result.groups[place];
    std::vector<std::uint32_t>& children = m_children;
    children.clear();
    if (group.member_count == 0) {
      children.swap(m_orphans[group.first_member]);
      m_result.groups[place].first_member = static_cast<std::uint32_t>(m_result.members.size());
    }
    for (std::uint32_t member = 0; member < group.member_count; ++member) {
      for (const std::uint32_t child :
           m_drawn.tree.children(m_result.members[group.first_member + member])) {
        if (m_is_shown[child]) {
          children.push_back(child);
        }
      }
    }
    const auto first = static_cast<std::uint32_t>(m_result.groups.size());
    add_siblings(children, static_cast<std::uint32_t>(place), group.member_count > 1);
    m_result.groups[place].first_child = first;
    m_result.groups[place].child_count = static_cast<std::uint32_t>(m_result.groups.size()) - first;
  }

  // Below a line that stands for several spans, whatever looks the same is one line.
  void add_siblings(const std::vector<std::uint32_t>& spans, std::uint32_t parent, bool is_shared) {
    const std::size_t smallest = is_shared ? 1 : m_smallest;
    if (m_smallest == 0) {
      for (const std::uint32_t span : spans) {
        add_group(parent, 1, m_result.members.size());
        m_result.members.push_back(span);
      }
      return;
    }
    for (const std::uint32_t span : spans) {
      ++m_place[(*m_kinds)[span]].count;
    }
    // A group gets its room among the members where the first of its spans is met.
    std::size_t next = m_result.members.size();
    m_result.members.resize(next + spans.size());
    for (const std::uint32_t span : spans) {
      Place& place = m_place[(*m_kinds)[span]];
      const bool is_grouped = place.count >= smallest;
      if (!is_grouped || place.next == 0) {
        const std::uint32_t count = is_grouped ? place.count : 1;
        add_group(parent, count, next);
        place.next = next + 1;
        next += count;
      }
      m_result.members[place.next++ - 1] = span;
    }
    for (const std::uint32_t span : spans) {
      m_place[(*m_kinds)[span]] = {};
    }
  }

  void add_group(std::uint32_t parent, std::uint32_t count, std::size_t first_member) {
    Group group;
    group.parent = parent;
    group.first_member = static_cast<std::uint32_t>(first_member);
    group.member_count = count;
    m_result.groups.push_back(group);
  }

  // Of one kind among the siblings that are being looked at.
  struct Place {
    std::uint32_t count = 0;
    std::size_t next = 0;  // where its next span goes, plus one; 0: nowhere yet
  };

  const trace::Analysis& m_drawn;
  const std::vector<bool>& m_is_shown;
  const std::size_t m_smallest;
  std::optional<Kinds> m_kinds;
  std::vector<Place> m_place;
  std::vector<std::vector<std::uint32_t>> m_orphans;
  std::vector<std::uint32_t> m_children;
  SpanGroups m_result;
};

}  // namespace

SpanGroups group_spans(const trace::Analysis& drawn, const std::vector<bool>& is_shown,
                       std::size_t smallest) {
  return Grouping(drawn, is_shown, smallest).run();
}

}  // namespace otelctl::report
