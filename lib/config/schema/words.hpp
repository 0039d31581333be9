// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/schema/check.hpp"
#include "config/schema/schema.hpp"

namespace otelctl::config::schema {

// What a schema wants, for "expected ...": "a map", "true or false", "a whole number or text". Null
// is not mentioned beside others: leaving a key out does the same.
std::string wanted_words(const Schema& schema, const Rules& rules);

// What a value is, for "found ...": "the number", "the boolean", "null", "text".
std::string_view found_words(Type type);

}  // namespace otelctl::config::schema
