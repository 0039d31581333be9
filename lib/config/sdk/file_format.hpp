// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "config/sdk/model.hpp"

namespace otelctl::config::sdk {

struct FileFormat {
  int major = 0;
  int minor = 0;
};

// "1.1", "1.0-rc.2": nothing for another form.
std::optional<FileFormat> parse_file_format(std::string_view text);

// The file is of a later minor version than the schema here: what the schema does not know may be
// right.
bool is_newer(const Model& model);

}  // namespace otelctl::config::sdk
