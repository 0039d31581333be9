// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl {

// Whether the text is as the pattern says, in which `*` stands for any characters or none.
bool matches_glob(std::string_view pattern, std::string_view text);

}  // namespace otelctl
