// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "query/backend.hpp"
#include "query/http_api.hpp"

namespace otelctl::query {

// A search in the parameters of Zipkin's /api/v2/traces: endTs and lookback in milliseconds,
// durations in microseconds, each rounded so that nothing is left out.
struct ZipkinSearch {
  std::vector<Parameter> parameters;
  // Tags that Zipkin cannot be asked for.
  std::vector<std::string> left_out;
};
ZipkinSearch zipkin_search(const Search& search);

}  // namespace otelctl::query
