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
  return node(id).kind == NodeKind::alias ? node(id).target : id;
}

Document::Children Document::children(NodeId id) const {
  return {{this, node(id).first_child}, {this, k_no_node}};
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
