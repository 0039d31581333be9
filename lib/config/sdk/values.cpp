// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/values.hpp"

#include <cmath>
#include <utility>

#include "yaml/scalar.hpp"

namespace otelctl::config::sdk {

schema::Value typed(const yaml::Node& node, ResolvedScalar scalar) {
  schema::Value value;
  value.is_known = scalar.is_complete;
  value.is_from_variable = scalar.is_from_variable;
  value.after = std::move(scalar.after);
  value.text = std::move(scalar.text);
  if (node.kind == yaml::NodeKind::null || (scalar.is_plain && value.text.empty())) {
    value.type = schema::Type::null;
    return value;
  }
  if (!scalar.is_plain) {
    return value;
  }
  switch (yaml::resolve_plain(value.text).core) {
    case yaml::ScalarType::null:
      value.type = schema::Type::null;
      break;
    case yaml::ScalarType::boolean:
      value.type = schema::Type::boolean;
      break;
    case yaml::ScalarType::integer: {
      const auto whole = yaml::read_integer(value.text);
      value.type = schema::Type::integer;
      // Beyond 64 bits nothing is in any range that a schema gives.
      value.number = whole                         ? static_cast<double>(*whole)
                     : value.text.starts_with('-') ? -HUGE_VAL
                                                   : HUGE_VAL;
      break;
    }
    case yaml::ScalarType::number:
      value.number = yaml::read_number(value.text).value_or(NAN);
      // JSON Schema takes 5000.0 for an integer.
      value.type = std::isfinite(value.number) && std::trunc(value.number) == value.number
                       ? schema::Type::integer
                       : schema::Type::number;
      break;
    case yaml::ScalarType::date:
    case yaml::ScalarType::text:
      break;
  }
  return value;
}

}  // namespace otelctl::config::sdk
