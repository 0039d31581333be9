// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "config/finding.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::reading {

// A value of the file, and how one gets there. A spot lies in its parent's: it is of use while the
// parent is.
struct Spot {
  const Spot* parent = nullptr;         // none for the whole file
  yaml::NodeId node = yaml::k_no_node;  // aliases followed
  yaml::NodeId key = yaml::k_no_node;   // of a map's value
  std::size_t index = 0;                // of a list's item
  bool is_required = false;             // a key that cannot be left out
};

// "traces[0].spans[2].parent"; the whole file's is empty.
std::string path_of(const yaml::Document& document, const Spot& spot);

// How messages call it: its key, "rows[2]" for an item, "the file" for the whole.
std::string name_of(const yaml::Document& document, const Spot& spot);

config::Place place_of(const yaml::Document& document, const Spot& spot);
// That of its key, where it has one.
config::Place key_place_of(const yaml::Document& document, const Spot& spot);

}  // namespace otelctl::config::reading
