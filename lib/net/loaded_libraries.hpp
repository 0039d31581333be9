// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace otelctl::net {

struct LoadedLibrary {
  std::string name;                    // "OpenSSL"
  std::optional<std::string> version;  // "3.0.17"; nothing where it cannot be loaded
};

// The libraries behind connections that the system updates on their own: what they call themselves
// in this process, whatever the program was built with. Loads libcurl.
std::vector<LoadedLibrary> loaded_libraries();

}  // namespace otelctl::net
