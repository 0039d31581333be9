// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/schema/schema.hpp"

namespace otelctl::config::sdk {

// A component that the schema does not have any more, or calls otherwise.
struct OldComponent {
  // Its name now; empty where there is none, or several.
  std::string now;
  std::string help;
};

// Nothing for a name that is not known to be old. `point` is the extension point's schema.
std::optional<OldComponent> find_old_component(const schema::Rules& point, std::string_view name);

}  // namespace otelctl::config::sdk
