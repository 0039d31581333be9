// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "query/backend.hpp"
#include "query/http_api.hpp"

namespace otelctl::query {

// A search as api_v3 takes it. Every parameter goes out under all the names that it ever had,
// because Jaeger renamed them in 2.19 and ignores those that it does not know.
std::vector<Parameter> v3_parameters(const Search& search);

// A search as Jaeger's internal API takes it: times in microseconds, durations with a unit.
std::vector<Parameter> legacy_parameters(const Search& search);

// One trace, in either dialect: nothing, or that it shall come as it was stored.
std::vector<Parameter> trace_parameters(bool is_raw);

}  // namespace otelctl::query
