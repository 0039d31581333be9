// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "config/finding.hpp"
#include "config/validate.hpp"

namespace otelctl::config {

// The line of a place, as far as it may be shown: secrets are replaced, and of a very long line
// only the surroundings are there. Raw text otherwise: not escaped for a terminal.
struct Excerpt {
  std::uint32_t line = 0;
  std::string before;
  // What the caret stands under; of a secret value its key. May be empty.
  std::string marked;
  std::string after;
};

Excerpt excerpt_of(const FileReport& file, const Place& place);

}  // namespace otelctl::config
