// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace otelctl::synth {

// What each column of a scenario's choices stands for in one trace.
using Columns = std::map<std::string, std::string, std::less<>>;

// The text with its {column} places filled in; {{ and }} become braces. Error kind: settings, for
// an unknown column or a brace without its partner.
Result<std::string> fill(std::string_view text, const Columns& columns);

}  // namespace otelctl::synth
