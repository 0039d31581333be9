// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/document.hpp"

namespace otelctl::config {

// Text of the file for a message: in quotes, long text cut short. A secret (by the name of its key
// or by its look) is replaced.
std::string shown(std::string_view text, std::string_view key_name = {});

// Text of the file that a message or a path has room for: at most `most` bytes, and "..." where
// something is left out.
std::string cut_short(std::string text, std::size_t most);

// Text as YAML in double quotes, whatever is in it.
std::string yaml_quoted(std::string_view text);

// What a node is, for "expected ..., found ...": "a map", "a list", "null", "text".
std::string_view kind_words(const yaml::Node& node);

// A number without needless digits: "65535", "0.5".
std::string number_words(double number);

// "a, b or c".
std::string any_of_words(const std::vector<std::string>& names);
// The same of a list separated by spaces.
std::string choice_words(std::string_view choices);

}  // namespace otelctl::config
