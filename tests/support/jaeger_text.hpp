// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trace/trace.hpp"

namespace otelctl::test {

// Traces as the two dialects of Jaeger's query API answer them, for fake servers. Only what the
// tests need: ids, times, names, services, kinds, statuses and text attributes.
std::string otlp_json(const std::vector<const trace::Trace*>& traces);
std::string legacy_json(const std::vector<const trace::Trace*>& traces);
std::string summaries_json(const std::vector<const trace::Trace*>& traces);

}  // namespace otelctl::test
