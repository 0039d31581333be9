// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/places.hpp"

#include <utility>

#include <fmt/format.h>

#include "config/words.hpp"

namespace otelctl::config {

std::string joined_path(const std::string& path, std::string_view name) {
  if (path.size() >= k_longest_path) {
    return path;
  }
  // One byte more than there is room for, so that it shows.
  const std::string_view part = name.substr(0, k_longest_path + 1);
  return cut_short(path.empty() ? std::string(part) : fmt::format("{}.{}", path, part),
                   k_longest_path);
}

Place place_of(const yaml::Document& document, yaml::NodeId key, yaml::NodeId value,
               std::string path) {
  const yaml::Node& node = document.node(value);
  Place place{node.begin, node.end, 0, 0, std::move(path)};
  if (key != yaml::k_no_node) {
    place.key_begin = document.node(key).begin;
    place.key_end = document.node(key).end;
    if (place.begin == place.end) {
      place.begin = place.key_begin;
      place.end = place.key_end;
    }
  }
  return place;
}

Place place_of_key(const yaml::Document& document, yaml::NodeId key, std::string path) {
  return place_of(document, key, key, std::move(path));
}

}  // namespace otelctl::config
