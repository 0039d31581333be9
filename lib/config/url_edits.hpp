// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "config/issue.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// Adds a path ("/v1/traces") to a URL of the file, inside of its quotes. None where the URL holds a
// reference, or does not stand there as one word.
std::vector<Edit> appended_path(const yaml::Document& document, const Item& url,
                                std::string_view path);

}  // namespace otelctl::config
