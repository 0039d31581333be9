// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <boost/json.hpp>

#include "otlp/outcome.hpp"
#include "otlp/parse_message.hpp"

namespace otelctl::otlp {
namespace {

namespace collector = opentelemetry::proto::collector;

// A server that counts more than was sent, or below zero, must not unbalance a ledger by that.
ExportOutcome delivered(std::int64_t rejected, std::string message) {
  ExportOutcome outcome;
  outcome.delivered = true;
  outcome.rejected = std::max<std::int64_t>(rejected, 0);
  outcome.partial_message = std::move(message);
  return outcome;
}

ExportOutcome not_a_response(std::string_view encoding) {
  ExportOutcome outcome;
  outcome.error = Error{ErrorKind::not_understood,
                        "the answer is not an OTLP export response in " + std::string(encoding),
                        "check which server listens there"};
  return outcome;
}

template <typename Response, typename Rejected>
ExportOutcome read_protobuf(std::string_view body, Rejected rejected) {
  Response response;
  if (!parse_message(body, response)) {
    return not_a_response("protobuf");
  }
  const auto& partial = response.partial_success();
  return delivered(rejected(partial), partial.error_message());
}

const char* rejected_key(Signal signal) {
  switch (signal) {
    case Signal::traces:
      return "rejectedSpans";
    case Signal::metrics:
      return "rejectedDataPoints";
    case Signal::logs:
      return "rejectedLogRecords";
  }
  return "rejectedSpans";
}

// An absent member and null are the default value in JSON of protobuf messages.
bool is_default(const boost::json::value* value) {
  return value == nullptr || value->is_null();
}

// OTLP/JSON writes 64-bit numbers as strings; readers take numbers too.
std::optional<std::int64_t> number_of(const boost::json::value* value) {
  if (is_default(value)) {
    return 0;
  }
  if (const auto* whole = value->if_int64()) {
    return *whole;
  }
  const auto* text = value->if_string();
  std::int64_t number = 0;
  if (text == nullptr) {
    return std::nullopt;
  }
  const char* end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, number);
  return error == std::errc{} && rest == end ? std::optional(number) : std::nullopt;
}

std::optional<std::string> text_of(const boost::json::value* value) {
  if (is_default(value)) {
    return std::string();
  }
  const auto* text = value->if_string();
  return text == nullptr ? std::nullopt : std::optional(std::string(text->data(), text->size()));
}

}  // namespace

ExportOutcome outcome_of_protobuf(Signal signal, std::string_view body) {
  switch (signal) {
    case Signal::traces:
      return read_protobuf<collector::trace::v1::ExportTraceServiceResponse>(
          body, [](const auto& partial) { return partial.rejected_spans(); });
    case Signal::metrics:
      return read_protobuf<collector::metrics::v1::ExportMetricsServiceResponse>(
          body, [](const auto& partial) { return partial.rejected_data_points(); });
    case Signal::logs:
      return read_protobuf<collector::logs::v1::ExportLogsServiceResponse>(
          body, [](const auto& partial) { return partial.rejected_log_records(); });
  }
  return not_a_response("protobuf");
}

ExportOutcome outcome_of_json(Signal signal, std::string_view body) {
  boost::json::error_code error;
  boost::json::parse_options options;
  options.max_depth = 32;
  const boost::json::value root =
      boost::json::parse(boost::json::string_view(body.data(), body.size()), error, {}, options);
  if (error || !root.is_object()) {
    return not_a_response("JSON");
  }
  const auto* partial = root.as_object().if_contains("partialSuccess");
  if (is_default(partial)) {
    return delivered(0, {});
  }
  if (!partial->is_object()) {
    return not_a_response("JSON");
  }
  const auto& members = partial->as_object();
  const auto rejected = number_of(members.if_contains(rejected_key(signal)));
  auto message = text_of(members.if_contains("errorMessage"));
  if (!rejected || !message) {
    return not_a_response("JSON");
  }
  return delivered(*rejected, std::move(*message));
}

}  // namespace otelctl::otlp
