// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/yaml_variables.hpp"

#include <functional>
#include <initializer_list>

namespace otelctl::config {
namespace {

bool is_of_kind(const yaml::Document& document, yaml::NodeId id, yaml::NodeKind kind) {
  return id != yaml::k_no_node && document.node(id).kind == kind;
}

}  // namespace

yaml::NodeId value_of(const yaml::Document& document, yaml::NodeId map, std::string_view name) {
  yaml::NodeId found = yaml::k_no_node;
  if (!is_map(document, map)) {
    return found;
  }
  for (const yaml::Document::Entry& entry : document.entries(map)) {
    if (text_of(document, entry.key) == name) {
      found = entry.value;
    }
  }
  return found;
}

yaml::NodeId value_at(const yaml::Document& document, yaml::NodeId map,
                      std::initializer_list<std::string_view> path) {
  for (const std::string_view name : path) {
    map = value_of(document, map, name);
  }
  return map;
}

bool is_map(const yaml::Document& document, yaml::NodeId id) {
  return is_of_kind(document, id, yaml::NodeKind::map);
}

bool is_sequence(const yaml::Document& document, yaml::NodeId id) {
  return is_of_kind(document, id, yaml::NodeKind::sequence);
}

bool is_scalar(const yaml::Document& document, yaml::NodeId id) {
  return is_of_kind(document, id, yaml::NodeKind::scalar);
}

std::string_view text_of(const yaml::Document& document, yaml::NodeId id) {
  return is_scalar(document, id) ? document.node(id).text : std::string_view();
}

std::optional<std::size_t> verbatim_begin(const yaml::Document& document, yaml::NodeId scalar) {
  const std::string_view source = document.source();
  const std::string_view text = document.node(scalar).text;
  const std::less<> is_before;
  const bool is_inside = !text.empty() && !is_before(text.data(), source.data()) &&
                         is_before(text.data(), source.data() + source.size());
  return is_inside ? std::optional(static_cast<std::size_t>(text.data() - source.data()))
                   : std::nullopt;
}

}  // namespace otelctl::config
