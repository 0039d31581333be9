// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl::config {

// What the semantic conventions of OpenTelemetry say of the names of attributes. Generative AI's,
// which moved to conventions of their own, count as current: moved is not deprecated.

enum class AttributeStatus : std::uint8_t {
  unknown,  // not of the conventions
  current,
  renamed,   // one to one
  replaced,  // what it said is said by others now, or by one other in another form
  removed,   // nothing is in its place
};

enum class AttributeType : std::uint8_t {
  any,  // no type is told
  text,
  boolean,
  integer,
  number,
  choice,  // text of a list of well-known values, or others where none of them fits
  text_list,
  integer_list,
};

// Of a name; views live as long as the program.
struct AttributeName {
  AttributeStatus status = AttributeStatus::unknown;
  // Of current names.
  AttributeType type = AttributeType::any;
  // Of current names: the well-known values; of deprecated ones: the attributes in their place.
  std::vector<std::string_view> values = {};
  // Renamed, and some of its well-known values have other names too.
  bool renames_values = false;
};

// By name, a part of the user's (k8s.pod.label.app) included.
AttributeName look_up_attribute(std::string_view name);

// The new name of an attribute that was renamed one to one: "deployment.environment.name". Nothing
// for those that are current or unknown.
std::optional<std::string> renamed_attribute(std::string_view name);

// The well-known value that replaced one of an attribute: "azure.ai.openai" for "az.ai.openai".
std::optional<std::string_view> renamed_attribute_value(std::string_view name,
                                                        std::string_view value);

// The current names of the conventions that share a name's first part ("gen_ai"); none where that
// is not a part that the conventions use.
std::vector<std::string> attributes_beside(std::string_view name);

// The release that all this is of: "1.44.0".
std::string_view conventions_version();

}  // namespace otelctl::config
