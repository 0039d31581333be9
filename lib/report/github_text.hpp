// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What every report in GitHub's workflow commands ("::error title=T::message") needs.
namespace otelctl::report {

// GitHub shows so many annotations of each severity a step and drops the rest without a word
// (docs.github.com, "Limitations of workflow commands").
inline constexpr std::size_t k_most_annotations = 10;

// A property's value, which a colon or a comma would end, and a message. Line ends stay line ends;
// other control characters cannot be said and come out visible.
std::string escape_github_property(std::string_view text);
std::string escape_github_message(std::string_view text);

}  // namespace otelctl::report
