// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "yaml/parse.hpp"

namespace otelctl::yaml {

// The first byte that no YAML file may hold: malformed UTF-8 (UTF-16 among it), NUL and other
// control characters (YAML 1.2.2, 5.1), a carriage return without a line feed. yaml-cpp passes them
// on, which would break positions, JSON and terminals.
std::optional<Problem> check_bytes(std::string_view source);

}  // namespace otelctl::yaml
