// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/document.hpp"

#include <algorithm>
#include <unordered_set>

namespace otelctl::yaml {
namespace {

bool is_merge_key(const Node& key) {
  return key.kind == NodeKind::scalar && key.is_plain() && key.text == "<<";
}

}  // namespace

NodeId Document::resolve(NodeId id) const {
  // An anchor stands before a value, never before an alias, so one step is enough.
  const bool is_alias = id != k_no_node && node(id).kind == NodeKind::alias;
  return is_alias ? node(id).target : id;
}

Document::Children Document::children(NodeId id) const {
  return {{this, node(id).first_child}, {this, k_no_node}};
}

std::vector<NodeId> Document::scalars_at(std::size_t begin, std::size_t end) const {
  // Nodes are in the order of the file. A collection may begin where its first scalar does, and an
  // empty value behind one, so the search goes a few nodes back.
  constexpr std::ptrdiff_t k_back = 4;
  std::vector<NodeId> found;
  const auto behind =
      std::lower_bound(m_nodes.begin(), m_nodes.end(), begin,
                       [](const Node& node, std::size_t offset) { return node.begin < offset; });
  auto at = behind - std::min(behind - m_nodes.begin(), k_back);
  for (; at != m_nodes.end() && at->begin < std::max(end, begin + 1); ++at) {
    const bool overlaps =
        begin == end ? at->begin < begin && begin < at->end : at->begin < end && begin < at->end;
    if (at->kind == NodeKind::scalar && overlaps) {
      found.push_back(static_cast<NodeId>(at - m_nodes.begin()));
    }
  }
  return found;
}

std::vector<Document::Entry> Document::entries(NodeId map) const {
  std::vector<Entry> found;
  std::vector<NodeId> merged;
  std::vector<NodeId> pending{resolve(map)};
  std::unordered_set<NodeId> seen;
  std::unordered_set<std::string_view> names;
  for (bool is_first = true; !pending.empty(); is_first = false) {
    const NodeId current = pending.back();
    pending.pop_back();
    // A map that is merged in twice adds nothing the second time; this also ends every circle.
    if (node(current).kind != NodeKind::map || !seen.insert(current).second) {
      continue;
    }
    merged.clear();
    std::vector<std::string_view> added;
    for (const NodeId value : children(current)) {
      const Node& key = node(resolve(node(value).key));
      if (is_merge_key(key)) {
        const NodeId source = resolve(value);
        if (node(source).kind == NodeKind::sequence) {
          std::transform(children(source).begin(), children(source).end(),
                         std::back_inserter(merged), [&](NodeId item) { return resolve(item); });
        } else {
          merged.push_back(source);
        }
      } else if (is_first || names.find(key.text) == names.end()) {
        found.push_back({resolve(node(value).key), resolve(value)});
        added.push_back(key.text);
      }
    }
    names.insert(added.begin(), added.end());
    pending.insert(pending.end(), merged.rbegin(), merged.rend());
  }
  return found;
}

}  // namespace otelctl::yaml
