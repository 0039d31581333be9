// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/section/section.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

struct LocatedSection {
  yaml::NodeId key = yaml::k_no_node;    // none for the whole file
  yaml::NodeId value = yaml::k_no_node;  // a map
  std::string path;
};

// Whether there is anything under that name, a map or not.
bool holds_section(const yaml::Document& document, const std::string& name);

// Finds the map of a section: a key at the top, a path with dots, or "-" for the whole file. Says
// in `issues` why there is none.
std::optional<LocatedSection> locate_section(const yaml::Document& document,
                                             const std::string& name, std::vector<Issue>& issues);

}  // namespace otelctl::config
