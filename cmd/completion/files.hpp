// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "cmd/completion/value_request.hpp"

namespace otelctl {

// The files and folders ("sub/") whose path begins with `typed`, which may begin with "~/", sorted.
// Of files those that a pattern fits, of hidden ones those that begin as typed or whose pattern
// begins with '.'. Nothing where nothing can be read.
std::vector<std::string> files_beginning(const std::string& typed, const FilePatterns& patterns,
                                         const Environment& environment);

// Whether a name is as the pattern says, in which '*' stands for anything.
bool fits_pattern(std::string_view name, std::string_view pattern);

}  // namespace otelctl
