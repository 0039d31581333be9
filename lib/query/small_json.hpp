// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "trace/summary.hpp"

namespace otelctl::query {

// The small answers, read whole. Error kind of all: not_understood.

// {"services": [...]} of api_v3, where {} has none; {"data": [...]} of the legacy API. Sorted.
Result<std::vector<std::string>> read_services_v3(std::string_view text);
Result<std::vector<std::string>> read_services_legacy(std::string_view text);

// ["a", "b"] of Zipkin's lists of names; sorted.
Result<std::vector<std::string>> read_zipkin_names(std::string_view text);

// {"tagValues": [...]} of Tempo: texts (v1) or {"type": ..., "value": ...} (v2); sorted.
Result<std::vector<std::string>> read_tempo_values(std::string_view text);

// {"traces": [...]} of Tempo's search. Its durations have milliseconds; where the spans that it
// gives with a trace end later than that, they decide. What a Tempo of that age does not count is
// unknown: then span_count is 0 and `services` empty, and error_count is how many spans matched
// where failed ones were asked for.
Result<std::vector<trace::Summary>> read_tempo_search(std::string_view text, bool asked_for_failed);

// {"operations": [{"name": ...}]} of api_v3, {"data": [{"name": ...}]} of the legacy API and
// {"data": ["name", ...]} of its older route. Sorted, each once.
Result<std::vector<std::string>> read_operations(std::string_view text);

// {"summaries": [...]} of api_v3. An entry without a valid trace id is left out.
Result<std::vector<trace::Summary>> read_summaries(std::string_view text);

// The message in an error's body, whatever the dialect: {"error": {"message": ...}},
// {"errors": [{"msg": ...}]}, {"message": ...}; nothing for other text.
std::optional<std::string> read_error_message(std::string_view text);

// Whether the text is an error as Jaeger words it, in any dialect: {"error": {...}} of api_v3,
// {"error": ..., "code": 5} of the gateway of gRPC before 1.53, {"errors": [...]} of the legacy
// API. A proxy or gateway before it has errors of its own.
bool is_jaeger_error(std::string_view text);

}  // namespace otelctl::query
