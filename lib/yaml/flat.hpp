// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "yaml/document.hpp"

namespace otelctl::yaml {

// One NAME=VALUE of a file that is not YAML. Offsets are bytes of the file, ends are exclusive; a
// quoted value begins at its quote.
struct FlatEntry {
  std::size_t name_begin = 0;
  std::size_t name_end = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  Style style = Style::plain;
  // What it means: quotes and escapes resolved.
  std::string value = {};
};

// The file as a document of one map, so that positions, excerpts and what may be shown of it work
// as for YAML. Of a name that appears twice both are there. `source` is at most 4 GiB.
Document make_flat(std::string source, const std::vector<FlatEntry>& entries);

}  // namespace otelctl::yaml
