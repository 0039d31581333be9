// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl {

// Text that somebody meant to replace: YOUR_API_KEY, <token>, xxx, changeme, TODO, ...; also behind
// "Bearer " and its like.
bool is_placeholder(std::string_view text);

}  // namespace otelctl
