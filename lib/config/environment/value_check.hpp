// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "settings/variables.hpp"

namespace otelctl::config {

// Why an SDK cannot read a value.
struct ValueProblem {
  std::string message;
  std::string help;
  // The same in a form that SDKs read, where there is no doubt; else empty.
  std::string replacement = {};
};

// Judges numbers, booleans and enumerations; texts, URLs, paths and lists are always readable here.
// `name` is what the message calls the variable.
std::optional<ValueProblem> check_value(const settings::Variable& variable, std::string_view name,
                                        std::string_view value);

// A number that is a whole one without sign, within 31 bits.
std::optional<int> whole_number(std::string_view text);

// Without blanks and quotes around it: what somebody meant who wrote NAME="value" where quotes
// stay.
std::string_view without_quotes(std::string_view value);

// `word` is one of `allowed`, which are separated by blanks; case does not count.
bool is_allowed(std::string_view allowed, std::string_view word);

// The one of them that a misspelt word must mean; empty when none or several are near.
std::string nearest_of(std::string_view allowed, std::string_view word);

}  // namespace otelctl::config
