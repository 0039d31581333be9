// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "config/finding.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// Paths are for people and for messages, and many findings have one: of a longer one the end is
// left out.
inline constexpr std::size_t k_longest_path = 1000;

// "telemetry.tracing": a key's name behind the path of its map, which may be empty.
std::string joined_path(const std::string& path, std::string_view name);

// The place of a value; of one that is missing (`key:`) its key. `key` is k_no_node for what has
// none, such as the item of a list.
Place place_of(const yaml::Document& document, yaml::NodeId key, yaml::NodeId value,
               std::string path);

// The place of a key itself.
Place place_of_key(const yaml::Document& document, yaml::NodeId key, std::string path);

}  // namespace otelctl::config
