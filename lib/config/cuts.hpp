// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/issue.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config {

// A file whose broken lines were cut out is still checked, as far as what is left speaks for
// itself: single values do, what is missing does not.

// Whether there is anything to read: the whole document, or what is left of it.
bool is_readable(const yaml::Parsed& parsed);

// Removes the issues that a cut may have caused: keys that are not there, and maps that have lost
// their keys.
void drop_second_hand(const yaml::Parsed& parsed, std::vector<Issue>& issues);

}  // namespace otelctl::config
