// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "yaml/document.hpp"

namespace otelctl::config {

// Text of the file for a message: in quotes, long text cut short. A secret (by the name of its key
// or by its look) is replaced.
std::string shown(std::string_view text, std::string_view key_name = {});

// What a node is, for "expected ..., found ...": "a map", "a list", "null", "text".
std::string_view kind_words(const yaml::Node& node);

// A number without needless digits: "65535", "0.5".
std::string number_words(double number);

// "a, b or c" of a list separated by spaces.
std::string choice_words(std::string_view choices);

}  // namespace otelctl::config
