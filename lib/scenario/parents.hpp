// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "scenario/names.hpp"
#include "scenario/reading.hpp"

namespace otelctl::scenario {

// The ids of a trace's spans and which is whose parent.
struct Tree {
  Names ids{"span"};
  // Of each span where its id stands, or the name that stands in for one; k_no_node for none.
  std::vector<yaml::NodeId> id_nodes;
  // Of each span: an earlier one, or nothing for the root and where the file is wrong, which is
  // noted: parents that do not exist or stand behind their children, circles, a second root.
  std::vector<std::optional<std::size_t>> parents;
};

// `spans` are the items of the list.
Tree read_tree(Notes& notes, const std::vector<Spot>& spans);

}  // namespace otelctl::scenario
