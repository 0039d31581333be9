// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl::query {

// Whether UTF-8 texts differ in case only, by Unicode's default case folding (The Unicode Standard,
// 3.13): Zipkin keeps names in lower case, whatever their script.
bool equals_but_for_case(std::string_view left, std::string_view right);

}  // namespace otelctl::query
