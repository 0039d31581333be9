// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "trace/analysis.hpp"

namespace otelctl::report {

inline constexpr std::uint32_t k_no_group = UINT32_MAX;

// What shares a line of the waterfall: one span, or siblings that look the same and have the same
// below them, or a parent that is not in the trace and is known by the orphans that name it.
struct Group {
  std::uint32_t parent = k_no_group;
  // Its spans in SpanGroups::members; none for a missing parent.
  std::uint32_t first_member = 0;
  std::uint32_t member_count = 0;
  // The groups below it, by start: they follow each other in SpanGroups::groups.
  std::uint32_t first_child = 0;
  std::uint32_t child_count = 0;
  // Of a missing parent.
  SpanId missing = {};
};

struct SpanGroups {
  // Parents before children; those without a parent come first, and there are `root_count` of them.
  std::vector<Group> groups;
  std::vector<std::uint32_t> members;
  std::size_t root_count = 0;

  std::span<const std::uint32_t> spans(const Group& group) const {
    return std::span(members).subspan(group.first_member, group.member_count);
  }
};

// Puts the spans that `is_shown` says into groups. Siblings are grouped when at least `smallest`
// have the same service, name, kind, status and message, and the same kinds of spans below them;
// how many of each is left out of account, so that ten items with two to five queries each are one
// group of items over one of queries. 0: each span stays for itself. Works without recursion, O(n).
SpanGroups group_spans(const trace::Analysis& drawn, const std::vector<bool>& is_shown,
                       std::size_t smallest);

}  // namespace otelctl::report
