// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "trace/trace.hpp"

namespace otelctl::trace {

inline constexpr std::uint32_t k_no_span = UINT32_MAX;

// What is odd about a span's place in the tree. Several may hold at once.
enum class Oddity : std::uint8_t {
  orphan = 1,        // its parent is not in the trace; it stands as a root
  cycle = 2,         // its parents form a ring, which was cut here; it stands as a root
  duplicate_id = 4,  // another, different span has the same id
};
// The word for it in warnings: "orphan", "cycle", "duplicate_id".
std::string_view name_of(Oddity oddity);
inline constexpr std::array k_oddities = {Oddity::orphan, Oddity::cycle, Oddity::duplicate_id};

// How the spans of a trace belong together. Spans are named by their place in Trace::spans; every
// vector but `order` and `roots` has one entry for each.
struct Tree {
  // Parents before children, siblings by start, longer first, then id. Exact copies are left out.
  std::vector<std::uint32_t> order;
  // By start. Orphans are among them.
  std::vector<std::uint32_t> roots;
  std::vector<std::uint32_t> parent;  // k_no_span: none
  std::vector<std::uint32_t> depth;   // 0 for roots
  // The span's start; where that is unknown, its parent's.
  std::vector<Time> start;
  std::vector<Time> end;
  std::vector<std::uint8_t> oddities;
  // Children of all spans one after the other; those of span i begin at first_child[i] and end
  // where those of i + 1 begin.
  std::vector<std::uint32_t> first_child;
  std::vector<std::uint32_t> child_list;
  std::size_t copies = 0;  // spans that were exact copies of others

  std::span<const std::uint32_t> children(std::uint32_t index) const {
    return std::span(child_list)
        .subspan(first_child[index], first_child[index + 1] - first_child[index]);
  }
  bool has(std::uint32_t index, Oddity oddity) const {
    return (oddities[index] & static_cast<std::uint8_t>(oddity)) != 0;
  }
  std::size_t count(Oddity oddity) const;
  // From the earliest start to the latest end; spans without a start do not count.
  Time trace_start() const;
  Time trace_end() const;
};

// Works on any input without recursion: missing parents, several roots, rings, doubled ids. Of two
// spans with one id, one client and one server, the server becomes the client's child and takes the
// children, as Zipkin's shared spans mean it. O(n log n).
Tree build_tree(const Trace& trace);

}  // namespace otelctl::trace
