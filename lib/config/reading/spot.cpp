// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/reading/spot.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/places.hpp"

namespace otelctl::config::reading {
namespace {

// ".parent" or "[2]". A key that is no text, or is long, is cut: the path is for a person.
std::string step_of(const yaml::Document& document, const Spot& spot) {
  constexpr std::size_t k_longest = 60;
  if (spot.key == yaml::k_no_node) {
    return fmt::format("[{}]", spot.index);
  }
  std::string_view text = document.node(spot.key).text;
  if (text.size() > k_longest) {
    text = text.substr(0, k_longest);
  }
  return "." + to_valid_utf8(text);
}

}  // namespace

std::string path_of(const yaml::Document& document, const Spot& spot) {
  std::vector<const Spot*> way;
  for (const Spot* at = &spot; at->parent != nullptr; at = at->parent) {
    way.push_back(at);
  }
  std::string path;
  std::reverse(way.begin(), way.end());
  for (const Spot* const at : way) {
    path += step_of(document, *at);
  }
  return path.starts_with('.') ? path.substr(1) : path;
}

std::string name_of(const yaml::Document& document, const Spot& spot) {
  if (spot.parent == nullptr) {
    return "the file";
  }
  std::string name;
  for (const Spot* at = &spot; at->parent != nullptr; at = at->parent) {
    name.insert(0, step_of(document, *at));
    if (at->key != yaml::k_no_node) {
      break;
    }
  }
  return escape_for_terminal(name.starts_with('.') ? name.substr(1) : name);
}

config::Place place_of(const yaml::Document& document, const Spot& spot) {
  return config::place_of(document, spot.key, spot.node, path_of(document, spot));
}

config::Place key_place_of(const yaml::Document& document, const Spot& spot) {
  return spot.key == yaml::k_no_node
             ? place_of(document, spot)
             : config::place_of_key(document, spot.key, path_of(document, spot));
}

}  // namespace otelctl::config::reading
