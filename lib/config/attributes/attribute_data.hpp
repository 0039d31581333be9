// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl::config {

// The release of the semantic conventions that the tables are of: "1.44.0".
extern const std::string_view k_conventions_version;

// A line each, in the order of the names' bytes, columns separated by tabs. A current attribute:
// name, type of its value, well-known values (commas between them). A deprecated one: name, what
// became of it, the attributes in its place (commas); > means renamed one to one, = the same with
// other well-known values, / that its value goes elsewhere, - that nothing is in its place.
// "k8s.pod.label.*" ends in a part of the user's.
extern const std::string_view k_attribute_table;

// A line each: "attribute=value" and, behind a tab, the value that replaced it.
extern const std::string_view k_renamed_values;

}  // namespace otelctl::config
