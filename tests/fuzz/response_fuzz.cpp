// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What a server answers to an export: any status, headers and body, over HTTP and gRPC. The first
// bytes choose the protocol's part, the rest is the answer.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "otlp/header_mask.hpp"
#include "otlp/outcome.hpp"
#include "tests/fuzz/require.hpp"

using namespace otelctl;
using fuzz::require;

namespace {

constexpr std::string_view k_secret = "s3cr3t-0123456789";

void check_outcome(const otlp::ExportOutcome& outcome) {
  require(outcome.delivered != outcome.error.has_value(), "an outcome is one or the other");
  require(outcome.rejected >= 0, "nobody rejects less than nothing");
  require(!outcome.retryable || !outcome.delivered, "what was delivered is not sent again");
  require(!outcome.retry_after || outcome.retry_after->count() >= 0, "a wait is no negative time");
  if (outcome.error) {
    fuzz::require_printable(outcome.error->message);
    fuzz::require_printable(outcome.error->hint);
    require(!outcome.error->hint.empty(), "an error says what to do");
  }
}

void check_http(Signal signal, const net::HttpResponse& response) {
  check_outcome(otlp::outcome_of_http(signal, response, "http://localhost:4318/v1/traces"));
  const auto wait = otlp::retry_delay_of_headers(response);
  require(!wait || wait->count() >= 0, "a wait is no negative time");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) {
    return 0;
  }
  constexpr std::array k_signals{Signal::traces, Signal::metrics, Signal::logs};
  constexpr std::array<std::string_view, 6> k_types{
      "application/json", "application/x-protobuf", "text/html; charset=utf-8",
      "text/plain",       "application/grpc",       ""};
  const Signal signal = k_signals[data[0] % k_signals.size()];
  const std::string bytes(reinterpret_cast<const char*>(data + 3), size - 3);

  net::HttpResponse response;
  response.status = 100 + data[1] * 2;
  const auto line_end = std::min(bytes.find('\n'), bytes.size());
  const std::string first_line = bytes.substr(0, line_end);
  response.headers = {{"Content-Type", std::string(k_types[data[2] % k_types.size()])},
                      {"Retry-After", first_line},
                      {"Date", first_line},
                      {"Location", first_line}};
  response.body = bytes;
  check_http(signal, response);
  response.status = 200;
  check_http(signal, response);

  net::GrpcAnswer answer;
  answer.code = data[1] % 20;
  answer.message = first_line;
  answer.details = bytes;
  answer.body = bytes;
  check_outcome(otlp::outcome_of_grpc(signal, answer));

  // A covered answer shows nothing of the header, wherever it stood.
  const otlp::HeaderMask mask({net::Header{"authorization", "Bearer " + std::string(k_secret)}});
  response.body = bytes + std::string(k_secret) + bytes;
  response.status = 400;
  mask.cover(response.body);
  const auto covered = otlp::outcome_of_http(signal, response, "http://localhost:4318/v1/traces");
  require(!covered.error || covered.error->message.find(k_secret) == std::string::npos,
          "a covered key is not shown");
  return 0;
}
