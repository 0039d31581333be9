// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "google/protobuf/any.pb.h"
#include "google/rpc/status.pb.h"

#include "base/text.hpp"
#include "otlp/outcome.hpp"
#include "otlp/parse_message.hpp"
#include "otlp/server_words.hpp"

namespace otelctl::otlp {
namespace {

// google.rpc.Code, which gRPC's status codes are.
enum Code : int {
  cancelled = 1,
  unknown = 2,
  invalid_argument = 3,
  deadline_exceeded = 4,
  not_found = 5,
  permission_denied = 7,
  resource_exhausted = 8,
  failed_precondition = 9,
  aborted = 10,
  out_of_range = 11,
  unimplemented = 12,
  internal = 13,
  unavailable = 14,
  data_loss = 15,
  unauthenticated = 16,
};

// OTLP 1.11.0, "Failures": the table of gRPC codes. RESOURCE_EXHAUSTED counts only when the server
// says that it recovers, by RetryInfo.
bool is_retryable(int code, bool has_retry_info) {
  switch (code) {
    case Code::cancelled:
    case Code::deadline_exceeded:
    case Code::aborted:
    case Code::out_of_range:
    case Code::unavailable:
    case Code::data_loss:
      return true;
    case Code::resource_exhausted:
      return has_retry_info;
    default:
      return false;
  }
}

ErrorKind kind_of(int code) {
  if (code == Code::unauthenticated || code == Code::permission_denied) {
    return ErrorKind::refused;
  }
  return code == Code::resource_exhausted || is_retryable(code, false) ? ErrorKind::unreachable
                                                                       : ErrorKind::not_understood;
}

std::string hint_of(Signal signal, const net::GrpcAnswer& answer) {
  const std::string_view message = answer.message;
  const auto says = [&](std::string_view part) { return message.find(part) != message.npos; };
  switch (answer.code) {
    case Code::unauthenticated:
      return "give the key that the server expects, for example --header authorization='Bearer "
             "...'";
    case Code::permission_denied:
      return "the key is known and not allowed to write here: check its rights and the tenant";
    case Code::unimplemented:
      if (says("Compression") || says("gzip") || says("grpc-encoding")) {
        return "the server takes no gzip: use --compression none";
      }
      return "the server has no OTLP receiver or no pipeline for " + std::string(name_of(signal)) +
             " on this port";
    case Code::resource_exhausted:
      return says("larger than max") ? "send smaller batches"
                                     : "the server is at its limit: send less, or wait";
    case Code::unavailable:
    case Code::deadline_exceeded:
      return "the server is there and cannot take data now: check its log and what it exports to";
    case Code::invalid_argument:
      return "the server does not accept the data: check its log";
    case Code::not_found:
      return "the server knows no such tenant, project or service: check the headers and the host "
             "in the endpoint";
    case Code::failed_precondition:
      return "the server is not set up to take data: check its log, and what the vendor demands "
             "first";
    case Code::out_of_range:
      return "the server does not take data of that time: check this machine's clock, and its log";
    case Code::cancelled:
    case Code::aborted:
      return "the server or a proxy broke the request off: try again; if it stays so, check its "
             "log";
    case Code::data_loss:
      return "the server lost the data on its way: check its log and what it exports to";
    case Code::unknown:
    case Code::internal:
      return "the server, or a proxy before it, failed: check its log";
    default:
      return "no OTLP receiver answers with that status: check the server's log, and which server "
             "listens there";
  }
}

}  // namespace

std::optional<nanoseconds> retry_delay_of_details(std::string_view status_details) {
  // What a server may claim: a day is beyond any timeout here and keeps sums from overflowing.
  constexpr std::int64_t k_longest_seconds = 24 * 3600;
  google::rpc::Status status;
  if (!parse_message(status_details, status)) {
    return std::nullopt;
  }
  for (const google::protobuf::Any& detail : status.details()) {
    google::rpc::RetryInfo info;
    // The specification names the message; the part before its last '/' is up to the sender.
    if (!std::string_view(detail.type_url()).ends_with("google.rpc.RetryInfo") ||
        !parse_message(detail.value(), info)) {
      continue;
    }
    const auto seconds = std::min(info.retry_delay().seconds(), k_longest_seconds);
    const nanoseconds delay = std::chrono::seconds(std::max<std::int64_t>(seconds, 0)) +
                              nanoseconds(std::max(info.retry_delay().nanos(), 0));
    return delay;
  }
  return std::nullopt;
}

ExportOutcome outcome_of_grpc(Signal signal, const net::GrpcAnswer& answer) {
  ExportOutcome outcome;
  if (answer.code == 0 && !answer.failure) {
    outcome = outcome_of_protobuf(signal, answer.body);
    outcome.code = "OK";
    outcome.answered = true;
    return outcome;
  }
  outcome.code = net::grpc_code_name(answer.code);
  if (answer.failure) {
    outcome.error = answer.failure;
    outcome.retryable = answer.failure->kind == ErrorKind::unreachable && !answer.is_final;
    return outcome;
  }
  outcome.answered = true;
  outcome.retry_after = retry_delay_of_details(answer.details);
  outcome.retryable = is_retryable(answer.code, outcome.retry_after.has_value());
  outcome.error = Error{kind_of(answer.code),
                        with_server_words("the server answered " + outcome.code, answer.message),
                        with_wait(hint_of(signal, answer), outcome.retry_after)};
  return outcome;
}

}  // namespace otelctl::otlp
