// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/limits.hpp"

#include <fmt/format.h>

namespace otelctl::query {

Result<void> check_span_count(const trace::TraceBuilder& builder) {
  constexpr std::size_t k_max_spans = 5'000'000;
  if (builder.span_count() <= k_max_spans) {
    return {};
  }
  return fail(ErrorKind::not_understood, fmt::format("more than {} spans at once", k_max_spans),
              "ask for fewer traces or a shorter time; of a file, read a part");
}

}  // namespace otelctl::query
