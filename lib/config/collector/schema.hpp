// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl::config::collector {

enum class FieldType : std::uint8_t {
  any,  // not looked into
  boolean,
  integer,  // may be negative
  count,    // 32 bits, not negative
  number,
  text,
  duration,
  component_id,  // text of the form type[/name]
  text_list,     // or text with commas
  headers,       // a map of text, or a list of {name, value}
  map,
  switched_map,  // the same, with `enabled` to switch it off
  map_list,
};

constexpr bool is_map_type(FieldType type) {
  return type == FieldType::map || type == FieldType::switched_map;
}

struct Shape;

// One key of a component's configuration.
struct Field {
  std::string_view name;
  FieldType type = FieldType::any;
  // Of text: the only values, separated by spaces; empty for any.
  std::string_view choices = {};
  // Of maps and lists of maps.
  const Shape* shape = nullptr;
  // Case counts for its choices.
  bool is_exact = true;
};

// The keys of a map, in the groups that components share.
struct Shape {
  std::array<std::span<const Field>, 3> groups{};

  const Field* find(std::string_view name) const;
  std::vector<std::string> names() const;
};

// The keys of the components that otelctl knows through and through, by section ("exporters") and
// type; nullptr for all others, whose keys are not checked. Source: the configuration structs of
// the modules go.opentelemetry.io/collector 0.155.0 and opentelemetry-collector-contrib 0.155.0.
const Shape* shape_of(std::string_view section, std::string_view type);

// service.telemetry, from the same source.
const Shape& telemetry_shape();

}  // namespace otelctl::config::collector
