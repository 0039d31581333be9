// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otelctl::config::collector {

// The name of a component or a pipeline: type[/name].
struct Id {
  std::string type;
  std::string name;

  std::string text() const { return name.empty() ? type : type + "/" + name; }
};

// What is wrong with the text of a name; empty where nothing is. The rules are those of
// component.ID and pipeline.ID (go.opentelemetry.io/collector/component and pipeline 1.61.0).
std::string flaw_of_id(std::string_view text);

// Reads a name without flaw; spaces around its parts do not count.
Id read_id(std::string_view text);

}  // namespace otelctl::config::collector
