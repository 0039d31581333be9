// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "net/grpc_client.hpp"
#include "net/http_client.hpp"
#include "otlp/exporter.hpp"

namespace otelctl::otlp {

// What an Export*ServiceResponse says, in protobuf or OTLP/JSON. An answer that is neither is an
// outcome with an error of kind not_understood.
ExportOutcome outcome_of_protobuf(Signal signal, std::string_view body);
ExportOutcome outcome_of_json(Signal signal, std::string_view body);

// The whole judgement over a gRPC answer (OTLP 1.11.0, "OTLP/gRPC Response"): kind, hint, and
// whether and when to send again.
ExportOutcome outcome_of_grpc(Signal signal, const net::GrpcAnswer& answer);

// The same over HTTP. 200 alone is no success: a web page answers 200 too, and a gRPC server behind
// TLS does with content-type application/grpc. `url` is what messages and hints name.
ExportOutcome outcome_of_http(Signal signal, const net::HttpResponse& response,
                              std::string_view url);

// How long the server asks to wait, from serialised google.rpc.Status details (RetryInfo).
std::optional<nanoseconds> retry_delay_of_details(std::string_view status_details);

// The same from Retry-After: seconds, or an HTTP date, which counts from the answer's own Date.
std::optional<nanoseconds> retry_delay_of_headers(const net::HttpResponse& response);

}  // namespace otelctl::otlp
