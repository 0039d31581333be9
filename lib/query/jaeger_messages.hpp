// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "query/backend.hpp"
#include "trace/summary.hpp"

// The protobuf messages of jaeger.api_v3.QueryService (jaeger-idl,
// proto/api_v3/query_service.proto) as far as they are asked and read, field by field: its schema
// imports others that only matter to its gateway. Traces come as
// opentelemetry.proto.trace.v1.TracesData, which OtlpProtobufReader reads.
namespace otelctl::query {

// GetTraceRequest; raw: as it was stored, without the adjustments that Jaeger makes for its pages.
std::string get_trace_message(const TraceId& id, bool is_raw);

// FindTracesRequest and FindTraceSummariesRequest, which are the same on the wire.
std::string find_traces_message(const Search& search);

// GetOperationsRequest
std::string get_operations_message(std::string_view service);

// GetServicesResponse and GetOperationsResponse: their names, sorted, each once. Error kind of all
// three: not_understood.
Result<std::vector<std::string>> read_services_message(std::string_view bytes);
Result<std::vector<std::string>> read_operations_message(std::string_view bytes);

// FindTraceSummariesResponse, any number of them one after the other. An entry without a valid
// trace id is left out.
Result<std::vector<trace::Summary>> read_summaries_message(std::string_view bytes);

}  // namespace otelctl::query
