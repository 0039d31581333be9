// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/otlp_http_handler.hpp"

#include <sstream>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "otlp/json_codec.hpp"
#include "otlp/wire_writer.hpp"
#include "server/ingest.hpp"

namespace otelctl::server {
namespace {

constexpr std::string_view k_json = "application/json";
constexpr std::string_view k_protobuf = "application/x-protobuf";
// A status with google.rpc.Code, which stands in its body.
struct Refusal {
  int status;
  std::uint64_t code;
};
constexpr Refusal k_invalid_argument{400, 3};
constexpr Refusal k_unauthenticated{401, 16};
constexpr Refusal k_resource_exhausted{429, 8};
constexpr Refusal k_unavailable{503, 14};

std::optional<Signal> signal_of(std::string_view path) {
  for (const Signal signal : {Signal::traces, Signal::metrics, Signal::logs}) {
    if (path.starts_with("/v1/") && path.substr(4) == name_of(signal)) {
      return signal;
    }
  }
  return std::nullopt;
}

bool is_json(const HttpHead& head) {
  return head.content_type == k_json;
}

std::string json_document(const std::function<void(JsonWriter&)>& write) {
  std::ostringstream out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object();
  write(json);
  json.end_object();
  std::string document = std::move(out).str();
  document.erase(document.find_last_not_of('\n') + 1);
  return document;
}

// A google.rpc.Status in the request's encoding.
HttpAnswer refusal(const HttpHead& head, std::string_view message,
                   Refusal refusal = k_invalid_argument) {
  HttpAnswer answer{.status = refusal.status};
  if (is_json(head)) {
    answer.content_type = k_json;
    answer.body = json_document(
        [&](JsonWriter& json) { json.member("code", refusal.code).member("message", message); });
  } else {
    answer.content_type = k_protobuf;
    otlp::append_varint(answer.body, 1U << 3U);
    otlp::append_varint(answer.body, refusal.code);
    otlp::append_nonempty(answer.body, 2, message);
  }
  return answer;
}

// What the signal's records are called in ExportXPartialSuccess.
std::string_view rejected_key(Signal signal) {
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

HttpAnswer response(const HttpHead& head, Signal signal, const Added& added) {
  HttpAnswer answer;
  if (!is_json(head)) {
    answer.content_type = k_protobuf;
    answer.body = response_payload(added);
    return answer;
  }
  answer.content_type = k_json;
  answer.body = json_document([&](JsonWriter& json) {
    if (added.rejected > 0) {
      json.key("partialSuccess").begin_object();
      json.member(rejected_key(signal), std::to_string(added.rejected));
      json.member("errorMessage", added.message).end_object();
    }
  });
  return answer;
}

HttpAnswer no_answer(HttpAnswer::Instead instead) {
  return {.instead = instead};
}

// What a request gets that is not taken, by the fault that befell it.
std::optional<HttpAnswer> refusal_by(const HttpHead& head, const Fault& fault) {
  switch (fault.kind) {
    case Fault::Kind::none:
    case Fault::Kind::partial:
      return std::nullopt;
    case Fault::Kind::too_many: {
      HttpAnswer answer = refusal(head, k_fault_429, k_resource_exhausted);
      answer.retry_after = std::chrono::ceil<std::chrono::seconds>(fault.retry_after);
      return answer;
    }
    case Fault::Kind::unavailable:
      return refusal(head, k_fault_unavailable, k_unavailable);
    case Fault::Kind::reset:
      return no_answer(HttpAnswer::Instead::reset);
    case Fault::Kind::drop:
      return no_answer(HttpAnswer::Instead::close);
  }
  return std::nullopt;
}

}  // namespace

std::optional<HttpAnswer> OtlpHttpHandler::answer(const HttpHead& head) {
  if (!signal_of(head.path)) {
    return HttpAnswer{.status = 404, .body = "404 page not found\n"};
  }
  if (const auto refused = m_intake.required_headers.refusal_of(head.header)) {
    return refusal(head, *refused, k_unauthenticated);
  }
  if (head.method != "POST") {
    return HttpAnswer{
        .status = 405, .body = "405 method not allowed, supported: [POST]", .allow = "POST"};
  }
  if (head.content_type != k_json && head.content_type != k_protobuf) {
    return HttpAnswer{
        .status = 415,
        .body = fmt::format("415 unsupported media type, supported: [{}, {}]", k_json, k_protobuf)};
  }
  if (!head.content_encoding.empty() && head.content_encoding != "gzip" &&
      head.content_encoding != "identity") {
    return refusal(head, "unsupported Content-Encoding: " + head.content_encoding);
  }
  return std::nullopt;
}

HttpAnswer OtlpHttpHandler::take(const HttpHead& head, std::string_view body,
                                 const HttpHold& hold) {
  const Fault fault = m_intake.faults.next();
  if (fault.delay.count() > 0 && !hold(fault.delay)) {
    m_intake.faults.note_abandoned();
    return no_answer(HttpAnswer::Instead::close);
  }
  if (auto refused = refusal_by(head, fault)) {
    return *std::move(refused);
  }
  const Signal signal = signal_of(head.path).value_or(Signal::traces);
  std::string converted;
  if (is_json(head)) {
    auto payload = otlp::json_to_payload(signal, body);
    if (!payload) {
      return refusal(head, payload.error().message);
    }
    converted = std::move(*payload);
    body = converted;
  }
  const auto added =
      Ingest(m_intake.store, m_intake.recorder.get()).add(signal, body, fault.reject);
  return added ? response(head, signal, *added) : refusal(head, added.error().message);
}

HttpAnswer OtlpHttpHandler::unreadable(const HttpHead& head, bool is_too_long) {
  return refusal(head, is_too_long ? "http: request body too large"
                                   : "the body cannot be read: damaged gzip, or cut short");
}

}  // namespace otelctl::server
