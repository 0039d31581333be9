// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Five million spans take about 1 GB; no answer that makes sense to a person is that large.
// Error kind: not_understood.
Result<void> check_span_count(const trace::TraceBuilder& builder);

}  // namespace otelctl::query
