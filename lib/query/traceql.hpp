// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "query/backend.hpp"

namespace otelctl::query {

// A text as TraceQL quotes it: as Go does.
std::string traceql_string(std::string_view text);

// The search as a TraceQL selection of one span, "{ ... }", its times left out. A tag's value is
// compared as text and, where it reads as one, as a number or a truth too: Jaeger's APIs, which
// --tag is made for, know no types.
std::string traceql(const Search& search);

}  // namespace otelctl::query
