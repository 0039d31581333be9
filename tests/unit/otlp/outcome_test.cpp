// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/outcome.hpp"

#include <string>
#include <vector>

#include "google/protobuf/any.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/rpc/status.pb.h"
#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <doctest/doctest.h>
#include <google/protobuf/stubs/logging.h>

using namespace otelctl;
using namespace otelctl::otlp;
using namespace std::chrono_literals;
namespace collector = opentelemetry::proto::collector;

namespace {

std::string details_with_delay(std::int64_t seconds, std::int32_t nanos = 0) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(seconds);
  info.mutable_retry_delay()->set_nanos(nanos);
  google::rpc::Status status;
  google::protobuf::Any* other = status.add_details();
  other->set_type_url("type.googleapis.com/google.rpc.Help");
  other->set_value("anything");
  google::protobuf::Any* detail = status.add_details();
  detail->set_type_url("type.googleapis.com/google.rpc.RetryInfo");
  detail->set_value(info.SerializeAsString());
  return status.SerializeAsString();
}

net::HttpResponse response(int status, const std::string& type = {}, const std::string& body = {},
                           std::vector<net::Header> headers = {}) {
  if (!type.empty()) {
    headers.push_back({"Content-Type", type});
  }
  return {status, std::move(headers), body};
}

ExportOutcome http(const net::HttpResponse& answer) {
  return outcome_of_http(Signal::traces, answer, "http://c:4318/v1/traces");
}

}  // namespace

TEST_CASE("An empty answer is full success") {
  const auto outcome = outcome_of_protobuf(Signal::traces, "");
  CHECK(outcome.delivered);
  CHECK(outcome.rejected == 0);
  CHECK(outcome.partial_message.empty());
}

TEST_CASE("Partial success is read for each signal, in both encodings") {
  collector::trace::v1::ExportTraceServiceResponse traces;
  traces.mutable_partial_success()->set_rejected_spans(3);
  traces.mutable_partial_success()->set_error_message("too old");
  collector::metrics::v1::ExportMetricsServiceResponse metrics;
  metrics.mutable_partial_success()->set_rejected_data_points(4);
  collector::logs::v1::ExportLogsServiceResponse logs;
  logs.mutable_partial_success()->set_rejected_log_records(5);
  CHECK(outcome_of_protobuf(Signal::traces, traces.SerializeAsString()).rejected == 3);
  CHECK(outcome_of_protobuf(Signal::traces, traces.SerializeAsString()).partial_message ==
        "too old");
  CHECK(outcome_of_protobuf(Signal::metrics, metrics.SerializeAsString()).rejected == 4);
  CHECK(outcome_of_protobuf(Signal::logs, logs.SerializeAsString()).rejected == 5);

  const auto json = outcome_of_json(
      Signal::traces, R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"too old"}})");
  CHECK(json.delivered);
  CHECK(json.rejected == 3);
  CHECK(json.partial_message == "too old");
  CHECK(outcome_of_json(Signal::logs, R"({"partialSuccess":{"rejectedLogRecords":5}})").rejected ==
        5);
  CHECK(outcome_of_json(Signal::metrics, "{}").delivered);
}

TEST_CASE("A count below zero rejects nothing") {
  collector::trace::v1::ExportTraceServiceResponse traces;
  traces.mutable_partial_success()->set_rejected_spans(-3);
  CHECK(outcome_of_protobuf(Signal::traces, traces.SerializeAsString()).rejected == 0);
}

TEST_CASE("What is no answer of OTLP is not understood") {
  for (const char* body : {"\xff\xff\xff", "<html>"}) {
    const auto outcome = outcome_of_protobuf(Signal::traces, body);
    CHECK_FALSE(outcome.delivered);
    REQUIRE(outcome.error);
    CHECK(outcome.error->kind == ErrorKind::not_understood);
  }
  for (const char* body : {"", "[]", "{", "\"x\"", R"({"partialSuccess":1})",
                           R"({"partialSuccess":{"rejectedSpans":"two"}})",
                           R"({"partialSuccess":{"rejectedSpans":true}})",
                           R"({"partialSuccess":{"errorMessage":[]}})"}) {
    CHECK_FALSE(outcome_of_json(Signal::traces, body).delivered);
  }
  // null is the default value.
  CHECK(outcome_of_json(Signal::traces, R"({"partialSuccess":null})").delivered);
  CHECK(outcome_of_json(Signal::traces, R"({"partialSuccess":{"rejectedSpans":null}})").delivered);
}

TEST_CASE("gRPC codes have their kind and are retried as the specification says") {
  struct Row {
    int code;
    ErrorKind kind;
    bool retryable;
    bool retryable_with_info;
  };
  constexpr auto k_away = ErrorKind::unreachable;
  constexpr auto k_no = ErrorKind::not_understood;
  const std::vector<Row> rows{{1, k_away, true, true},
                              {2, k_no, false, false},
                              {3, k_no, false, false},
                              {4, k_away, true, true},
                              {5, k_no, false, false},
                              {6, k_no, false, false},
                              {7, ErrorKind::refused, false, false},
                              {8, k_away, false, true},
                              {9, k_no, false, false},
                              {10, k_away, true, true},
                              {11, k_away, true, true},
                              {12, k_no, false, false},
                              {13, k_no, false, false},
                              {14, k_away, true, true},
                              {15, k_away, true, true},
                              {16, ErrorKind::refused, false, false},
                              {99, k_no, false, false}};
  for (const Row& row : rows) {
    CAPTURE(row.code);
    net::GrpcAnswer answer;
    answer.code = row.code;
    answer.message = "words\x1b[0m";
    const auto plain = outcome_of_grpc(Signal::traces, answer);
    CHECK_FALSE(plain.delivered);
    CHECK(plain.answered);
    REQUIRE(plain.error);
    CHECK(plain.error->kind == row.kind);
    CHECK(plain.retryable == row.retryable);
    CHECK(plain.error->message.find('\x1b') == std::string::npos);
    CHECK(plain.error->message.find("words") != std::string::npos);
    CHECK_FALSE(plain.error->hint.empty());
    answer.details = details_with_delay(2, 500'000'000);
    const auto throttled = outcome_of_grpc(Signal::traces, answer);
    CHECK(throttled.retryable == row.retryable_with_info);
    CHECK(throttled.retry_after == 2500ms);
  }
}

TEST_CASE("A delay that makes no sense is bounded") {
  CHECK(retry_delay_of_details(details_with_delay(std::int64_t{1} << 60)) == 24h);
  CHECK(retry_delay_of_details(details_with_delay(-5, -5)) == 0ns);
  CHECK_FALSE(retry_delay_of_details(""));
  CHECK_FALSE(retry_delay_of_details("garbage\xff"));
}

TEST_CASE("A compression that the server lacks is told apart from a missing service") {
  net::GrpcAnswer answer;
  answer.code = 12;
  answer.message = "Compression algorithm 'gzip' is disabled.";
  CHECK(outcome_of_grpc(Signal::traces, answer).error->hint.find("--compression none") !=
        std::string::npos);
  answer.message = "unknown service opentelemetry.proto.collector.logs.v1.LogsService";
  CHECK(outcome_of_grpc(Signal::logs, answer).error->hint.find("logs") != std::string::npos);
}

TEST_CASE("A failure of the call stays as it is, and one for good is not retried") {
  net::GrpcAnswer answer;
  answer.code = 14;
  answer.failure = Error{ErrorKind::unreachable, "gone", "look"};
  CHECK(outcome_of_grpc(Signal::traces, answer).retryable);
  CHECK_FALSE(outcome_of_grpc(Signal::traces, answer).answered);
  answer.is_final = true;
  CHECK_FALSE(outcome_of_grpc(Signal::traces, answer).retryable);
  answer.is_final = false;
  answer.failure->kind = ErrorKind::not_understood;
  CHECK_FALSE(outcome_of_grpc(Signal::traces, answer).retryable);
}

TEST_CASE("Over HTTP a success needs its content type") {
  CHECK(http(response(200, "application/x-protobuf")).delivered);
  CHECK(http(response(200)).delivered);
  CHECK(http(response(200, "application/json", "{}")).delivered);
  CHECK(http(response(200, "application/json; charset=utf-8", "{}")).delivered);
  CHECK(http(response(202)).delivered);
  const auto page = http(response(200, "text/html; charset=utf-8", "<html>"));
  CHECK_FALSE(page.delivered);
  CHECK(page.error->kind == ErrorKind::not_understood);
  CHECK(page.error->message.find("web page") != std::string::npos);
  CHECK_FALSE(http(response(200, "text/html")).delivered);
  const auto grpc = http(response(200, "application/grpc"));
  CHECK_FALSE(grpc.delivered);
  CHECK(grpc.error->hint.find("--protocol grpc") != std::string::npos);
  CHECK_FALSE(http(response(200, "text/plain", "ok")).delivered);
}

TEST_CASE("HTTP statuses have their kind and are retried as the specification says") {
  struct Row {
    int status;
    ErrorKind kind;
    bool retryable;
  };
  const std::vector<Row> rows{
      {301, ErrorKind::not_understood, false}, {400, ErrorKind::not_understood, false},
      {401, ErrorKind::refused, false},        {403, ErrorKind::refused, false},
      {404, ErrorKind::not_understood, false}, {405, ErrorKind::not_understood, false},
      {407, ErrorKind::refused, false},        {408, ErrorKind::unreachable, false},
      {413, ErrorKind::not_understood, false}, {415, ErrorKind::not_understood, false},
      {429, ErrorKind::unreachable, true},     {500, ErrorKind::not_understood, false},
      {501, ErrorKind::not_understood, false}, {502, ErrorKind::unreachable, true},
      {503, ErrorKind::unreachable, true},     {504, ErrorKind::unreachable, true}};
  for (const Row& row : rows) {
    CAPTURE(row.status);
    const auto outcome = http(response(row.status));
    CHECK_FALSE(outcome.delivered);
    REQUIRE(outcome.error);
    CHECK(outcome.error->kind == row.kind);
    CHECK(outcome.retryable == row.retryable);
    CHECK(outcome.code == std::to_string(row.status));
    CHECK_FALSE(outcome.error->hint.empty());
  }
}

TEST_CASE("A wait that the server asks for stands first in the hint") {
  const auto busy = http(response(429, "text/plain", "slow down", {{"Retry-After", "90"}}));
  CHECK(busy.error->hint.starts_with("the server asks to wait 1m30s before the next try; "));
  const auto now = http(response(429, "text/plain", "slow down", {{"Retry-After", "0"}}));
  CHECK(now.error->hint.starts_with("the server is at its limit"));
}

TEST_CASE("A redirect to a login is a refusal, and its target is shown without secrets") {
  const auto login =
      http(response(302, "", "", {{"Location", "https://sso.example/login?token=abc"}}));
  CHECK(login.error->kind == ErrorKind::refused);
  CHECK(login.error->hint.find("sso.example") != std::string::npos);
  CHECK(login.error->hint.find("abc") == std::string::npos);
  CHECK(login.error->message.ends_with("a redirect to a login page"));
  const auto kind_of = [](const std::string& location) {
    return http(response(301, "", "", {{"Location", location}})).error->kind;
  };
  for (const char* location : {"/sso", "https://idp/sso/saml?x", "https://c/oauth2/start"}) {
    CAPTURE(location);
    CHECK(kind_of(location) == ErrorKind::refused);
  }
  for (const char* location :
       {"https://c/v1/traces", "https://otel-processor/v1/traces", "/lesson/1"}) {
    CAPTURE(location);
    CHECK(kind_of(location) == ErrorKind::not_understood);
  }
}

TEST_CASE("The words of an error are found in protobuf, JSON and text, and never in a web page") {
  google::rpc::Status status;
  status.set_message("bad span");
  const auto says = [](const net::HttpResponse& answer) { return http(answer).error->message; };
  CHECK(says(response(400, "application/x-protobuf", status.SerializeAsString()))
            .ends_with("bad span"));
  CHECK(says(response(400, "application/json", R"({"code":3,"message":"bad span"})"))
            .ends_with("bad span"));
  CHECK(says(response(401, "application/json", R"({"error":"unknown key"})"))
            .ends_with("unknown key"));
  CHECK(says(response(404, "text/plain", "404 page not found\n")) ==
        "the server answered 404: page not found");
  CHECK(says(response(500, "text/html", "<html>x")) == "the server answered 500");
  CHECK(says(response(500, "text/plain", std::string(5000, 'x'))).size() < 400);
}

TEST_CASE("A server's words are not cut in the middle of a character") {
  for (std::size_t before = 295; before <= 302; ++before) {
    std::string words(before, 'x');
    for (int i = 0; i < 10; ++i) {
      words += "€";
    }
    const std::string shown = http(response(500, "text/plain", words)).error->message;
    CAPTURE(shown);
    CHECK(shown.find("\\x") == std::string::npos);
    CHECK(shown.ends_with("..."));
    CHECK(shown.size() < 340);
  }
}

TEST_CASE("A doubled path and a TLS port are named") {
  const auto doubled =
      outcome_of_http(Signal::traces, response(404), "http://c:4318/v1/traces/v1/traces");
  CHECK(doubled.error->hint.find("doubled") != std::string::npos);
  // A vendor's prefix may have a version of its own.
  CHECK(outcome_of_http(Signal::traces, response(404), "https://c/v1/otlp/v1/traces")
            .error->hint.find("doubled") == std::string::npos);
  CHECK(outcome_of_http(Signal::metrics, response(404), "http://c:4318/")
            .error->hint.find("/v1/metrics:") != std::string::npos);
  for (const char* words : {"Client sent an HTTP request to an HTTPS server.\n",
                            "<h1>400</h1>The plain HTTP request was sent to HTTPS port",
                            "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br>",
                            "Bad Request\r\nThis combination of host and port requires TLS.\r\n"}) {
    CAPTURE(words);
    const auto tls = http(response(400, "text/plain", words));
    CHECK(tls.error->kind == ErrorKind::not_understood);
    CHECK(tls.error->hint.find("https://") != std::string::npos);
  }
}

TEST_CASE("Retry-After counts seconds or until a date") {
  const auto after = [](std::vector<net::Header> headers) {
    return http(response(503, "", "", std::move(headers))).retry_after;
  };
  CHECK(after({{"Retry-After", "7"}}) == 7s);
  CHECK(after({{"Retry-After", "Wed, 21 Oct 2026 07:28:10 GMT"},
               {"Date", "Wed, 21 Oct 2026 07:28:00 GMT"}}) == 10s);
  CHECK(after({{"Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"},
               {"Date", "Wed, 21 Oct 2026 07:28:10 GMT"}}) == 0s);
  CHECK_FALSE(after({{"Retry-After", "Wed, 21 Oct 2026 07:28:10 GMT"}}));
  CHECK_FALSE(after({{"Retry-After", "soon"}}));
  // A year beyond 64-bit nanoseconds is no date, here and in Date.
  CHECK_FALSE(after({{"Retry-After", "Sun, 06 Nov 0997 08:49:37 GMT"},
                     {"Date", "Wed, 21 Oct 2026 07:28:00 GMT"}}));
  CHECK_FALSE(after({{"Retry-After", "Wed, 21 Oct 9026 07:28:10 GMT"},
                     {"Date", "Wed, 21 Oct 2026 07:28:00 GMT"}}));
  CHECK_FALSE(after({}));
  CHECK(after({{"Retry-After", "99999999999"}}) == 24h);
  CHECK(after({{"Retry-After", "99999999999999999999999"}}) == 24h);
  CHECK(after({{"Retry-After", "-5"}}) == 0s);
  CHECK_FALSE(after({{"Retry-After", "-99999999999999999999999"}}));
  CHECK_FALSE(after({{"Retry-After", "1.5"}}));
}

namespace {

int g_lines = 0;

void count_line(google::protobuf::LogLevel, const char*, int, const std::string&) {
  ++g_lines;
}

}  // namespace

TEST_CASE("Text that is not UTF-8 in an answer is no reason to write to stderr") {
  auto* const before = google::protobuf::SetLogHandler(&count_line);
  // ExportTracePartialSuccess{error_message: "\xff"} and google.rpc.Status{message: "\xff"}.
  const auto partial = outcome_of_protobuf(Signal::traces, std::string("\x0a\x03\x12\x01\xff", 5));
  const auto refused =
      http(response(400, "application/x-protobuf", std::string("\x12\x01\xff", 3)));
  google::protobuf::SetLogHandler(before);
  CHECK_FALSE(partial.delivered);
  CHECK(refused.error);
  CHECK(g_lines == 0);
}
