// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/collector/issues.hpp"
#include "config/collector/schema.hpp"
#include "config/collector/value.hpp"
#include "config/finding.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::collector {

// A value that is to be one of a field's type.
struct SettingCase {
  const Field& field;
  yaml::NodeId node;
  const Place& place;
  const Value& value;
};

// Whether the value can be used. Notes what the Collector would refuse in it, and what it would
// take otherwise than it looks: it converts nothing, "8" is not 8 and yes is not true.
bool check_setting(const yaml::Document& document, const SettingCase& judged, Issues& issues);

// The edit that writes another text in place of a scalar. Nothing where the text of the file is not
// the value: references, escapes, aliases.
std::vector<Edit> replacement(const yaml::Document& document, yaml::NodeId id, std::string text);

}  // namespace otelctl::config::collector
