// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "synth/scenario.hpp"

// Parts of a scenario as YAML in one line, each what its key in a file holds.
namespace otelctl::scenario {

// "[1, 400]" of ends that are YAML already.
std::string range_words(std::string_view low, std::string_view high);
std::string text_list(const std::vector<std::string>& texts);
std::string number_list(const std::vector<double>& numbers);

// "POST", "{range: [1, 400]}"
std::string value_words(const synth::ValueSpec& spec);
// "5ms", "{uniform: [1ms, 4ms]}"
std::string duration_words(const synth::DurationSpec& spec);
// "{rate: 0.02, type: Timeout}"
std::string error_words(const synth::ErrorSpec& error);
// "hello", "{map: {a: 1}}", "null"
std::string body_words(const synth::Body& body);

}  // namespace otelctl::scenario
