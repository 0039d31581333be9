// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace otelctl {

// The values of --tag KEY=VALUE, each key once. Error kind: usage.
Result<std::vector<std::pair<std::string, std::string>>> parse_tags(
    const std::vector<std::string>& texts);

}  // namespace otelctl
