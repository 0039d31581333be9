// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl::settings {

// A name that people set and that no specification knows.
struct ForeignName {
  std::string_view name;
  // What it is: a clause that follows "NAME".
  std::string_view what;
  std::string_view help;
  // It is an attribute of the resource: "service.version".
  std::string_view attribute = {};
};

// nullptr when the name is not among them.
const ForeignName* find_foreign_name(std::string_view name);

// A name that the specification or an exporter had once.
struct FormerName {
  std::string_view name;
  // The whole name, or only its beginning.
  bool is_prefix;
  std::string_view what;
  std::string_view help;
  // What has the same meaning and values now; empty for none.
  std::string_view successor = {};
};

const FormerName* find_former_name(std::string_view name);

}  // namespace otelctl::settings
