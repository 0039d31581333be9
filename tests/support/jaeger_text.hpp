// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trace/trace.hpp"

namespace otelctl::test {

// In what versions and stores differ.
struct JaegerText {
  // api_v3 before 1.54: ids in base64, enums by name, each trace an object of its own.
  bool is_of_gateway = false;
  // Each span has attributes that are not finite, which only api_v3 can write.
  bool has_infinite_values = false;
  // The internal API writes 16 digits of an id whose upper half is zero.
  bool has_short_ids = false;
  // A warning on the first span.
  std::string warning = {};
};

// Traces as the two dialects of Jaeger's query API answer them, for fake servers. Only what the
// tests need: ids, times, names, services, kinds, statuses and text attributes.
std::string otlp_json(const std::vector<const trace::Trace*>& traces, const JaegerText& text = {});
std::string legacy_json(const std::vector<const trace::Trace*>& traces,
                        const JaegerText& text = {});
std::string summaries_json(const std::vector<const trace::Trace*>& traces);

}  // namespace otelctl::test
