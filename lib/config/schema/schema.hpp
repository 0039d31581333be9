// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace otelctl::config::schema {

// The types of JSON as bits, so that a schema can allow several.
enum class Type : std::uint8_t {
  null = 1,
  boolean = 2,
  integer = 4,
  number = 8,
  text = 16,
  list = 32,
  map = 64,
};

using Types = std::uint8_t;

constexpr Types bit(Type type) {
  return static_cast<Types>(type);
}

// Whether a value of this type passes: an integer is a number too.
constexpr bool allows(Types types, Type type) {
  return types == 0 || (types & bit(type)) != 0 ||
         (type == Type::integer && (types & bit(Type::number)) != 0);
}

// One schema of the table, named by its index.
using Id = std::uint32_t;
// The schema that everything passes.
inline constexpr Id k_anything = 0;

struct Property {
  std::string name;
  Id schema = k_anything;
};

struct Rules {
  // Of an entry of $defs its name ("BatchSpanProcessor"); else empty.
  std::string name = {};
  // 0 is any.
  Types types = 0;
  std::vector<Property> properties = {};
  // Whether keys that `properties` does not name may stand there, and what they are held to.
  bool refuses_others = false;
  Id others = k_anything;
  std::vector<std::string> required = {};
  std::vector<std::string> choices = {};
  std::optional<double> least = std::nullopt;
  std::optional<double> above = std::nullopt;
  std::optional<double> most = std::nullopt;
  std::optional<std::size_t> least_items = std::nullopt;
  Id items = k_anything;
  std::optional<std::size_t> least_properties = std::nullopt;
  std::optional<std::size_t> most_properties = std::nullopt;
  // Exactly one of these must hold; empty for none.
  std::vector<Id> one_of = {};

  // The schema of a key; nothing where `properties` does not name it.
  std::optional<Id> find(std::string_view property) const;
  std::vector<std::string> property_names() const;
};

// A JSON Schema of draft 2020-12 as a flat table, references resolved. Of the vocabulary it knows
// what the OpenTelemetry configuration schema uses: type, properties, additionalProperties,
// required, enum (of strings), minimum, maximum, exclusiveMinimum, minItems, items, minProperties,
// maxProperties, oneOf and $ref to "#/$defs/...".
class Schema {
 public:
  // Error kind: internal, for what is no JSON, for an assertion that is not known here (letting it
  // pass would be silent) and for a reference that leads nowhere.
  static Result<Schema> parse(std::string_view json);

  Id root() const { return m_root; }
  const Rules& rules(Id id) const { return m_rules[id]; }
  std::size_t size() const { return m_rules.size(); }

 private:
  friend class Compiler;

  std::vector<Rules> m_rules;
  Id m_root = k_anything;
};

}  // namespace otelctl::config::schema
