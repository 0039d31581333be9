// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace otelctl::config {

// An attribute that the semantic conventions renamed one to one.
struct Rename {
  std::string_view old_name;
  std::string_view new_name;
};

// The rename of a name; nothing for names that are current or not of the conventions.
std::optional<Rename> find_rename(std::string_view name);

}  // namespace otelctl::config
