// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace otelctl::server {

// Appends the TraceSummary of Jaeger's api_v3 for the trace, a serialized TracesData: its root
// (of several the earliest), times and counts; values that are zero are left out.
void append_summary(std::string& json, std::string_view traces);

// The same as an element of Tempo's search answer: its id without leading zeros, its duration cut
// to milliseconds.
void append_tempo_summary(std::string& json, std::string_view traces);

}  // namespace otelctl::server
