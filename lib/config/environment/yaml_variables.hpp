// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "yaml/document.hpp"

namespace otelctl::config {

// The last value of a map's key, aliases and merge keys followed; k_no_node for none, and where the
// node is no map.
yaml::NodeId value_of(const yaml::Document& document, yaml::NodeId map, std::string_view name);

// The same down a path of keys.
yaml::NodeId value_at(const yaml::Document& document, yaml::NodeId map,
                      std::initializer_list<std::string_view> path);

bool is_map(const yaml::Document& document, yaml::NodeId id);
bool is_sequence(const yaml::Document& document, yaml::NodeId id);
bool is_scalar(const yaml::Document& document, yaml::NodeId id);

// The text of a scalar; empty for anything else.
std::string_view text_of(const yaml::Document& document, yaml::NodeId id);

// Where a scalar's text stands in the file byte for byte; nothing where it was unescaped or folded.
std::optional<std::size_t> verbatim_begin(const yaml::Document& document, yaml::NodeId scalar);

}  // namespace otelctl::config
