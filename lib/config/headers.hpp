// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "config/issue.hpp"

namespace otelctl::config {

// Text that somebody meant to replace: YOUR_API_KEY, <token>, xxx, changeme, TODO, ...; also behind
// "Bearer " and its like.
bool is_placeholder(std::string_view text);

// A header that carries credentials: by its name, or by what its value looks like.
bool is_credential(const Item& header);

}  // namespace otelctl::config
