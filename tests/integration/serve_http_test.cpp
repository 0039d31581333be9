// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "google/rpc/status.pb.h"
#include <doctest/doctest.h>

#include "net/gzip.hpp"
#include "tests/integration/serve_support.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using opentelemetry::proto::collector::trace::v1::ExportTraceServiceResponse;

const std::string k_json = "application/json";
const std::string k_protobuf = "application/x-protobuf";

constexpr std::string_view k_span_json =
    R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":)"
    R"({"stringValue":"cart"}}]},"scopeSpans":[{"spans":[{"traceId":)"
    R"("5A000000000000000000000000000001","spanId":"0000000000000001","name":"get","kind":2,)"
    R"("startTimeUnixNano":"1000","endTimeUnixNano":2000}]}]}]})";

std::string one_span() {
  Request request("cart");
  request.add_span(trace_id(1), 1);
  return request.bytes();
}

std::string one_bad_span() {
  Request request("cart");
  request.add_span(trace_id(1), 1).set_span_id("x");
  return request.bytes();
}

google::rpc::Status status_of(const net::HttpResponse& response) {
  google::rpc::Status status;
  CHECK(response.content_type() == k_protobuf);
  CHECK(status.ParseFromString(response.body));
  return status;
}

TEST_CASE("all signals are taken in protobuf and in JSON, answered in the same") {
  ServedBackend backend;
  for (const std::string& type : {k_json, k_protobuf}) {
    for (const char* const signal : {"traces", "metrics", "logs"}) {
      CAPTURE(type);
      CAPTURE(signal);
      const auto response =
          backend.post(std::string("/v1/") + signal, type == k_json ? "{}" : "", type);
      CHECK(response.status == 200);
      CHECK(response.content_type() == type);
      CHECK(response.body == std::string(type == k_json ? "{}" : ""));
    }
  }
  CHECK(backend.post("/v1/traces", one_span(), k_protobuf).status == 200);
  CHECK(backend.post("/v1/traces", k_span_json, "Application/JSON; charset=utf-8").status == 200);
  CHECK(backend
            .post("/v1/metrics",
                  R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[{},)"
                  R"({"asInt":"5"}]}}]}]}]})",
                  k_json)
            .status == 200);
  CHECK(backend
            .post("/v1/logs", R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{}}]}]}]})",
                  k_json)
            .status == 200);
  const Stats stats = backend->stats();
  CHECK(stats.traces.requests == 4);
  CHECK(stats.traces.accepted == 2);
  CHECK(stats.metrics.requests == 3);
  CHECK(stats.metrics.accepted == 2);
  CHECK(stats.logs.accepted == 1);
}

TEST_CASE("partial success comes in the request's encoding") {
  ServedBackend backend;
  const auto binary = backend.post("/v1/traces", one_bad_span(), k_protobuf);
  CHECK(binary.status == 200);
  ExportTraceServiceResponse response;
  REQUIRE(response.ParseFromString(binary.body));
  CHECK(response.partial_success().rejected_spans() == 1);
  const auto text = backend.post(
      "/v1/traces", R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":""}]}]}]})", k_json);
  CHECK(text.status == 200);
  CHECK(text.body ==
        R"({"partialSuccess":{"rejectedSpans":"1","errorMessage":"1 span without a trace id of 16 )"
        R"(bytes that are not all zero"}})");
}

TEST_CASE("a body that is no request is 400 with a Status in its encoding") {
  ServedBackend backend;
  const auto binary = backend.post("/v1/traces", "\x0A\x05zz", k_protobuf);
  CHECK(binary.status == 400);
  CHECK(status_of(binary).code() == 3);
  CHECK(status_of(binary).message() ==
        "ExportTraceServiceRequest: resource_spans at byte 0 runs past the end of its message");
  const auto text = backend.post("/v1/traces", R"({"resourceSpans":{}})", k_json);
  CHECK(text.status == 400);
  CHECK(text.content_type() == k_json);
  CHECK(text.body == R"({"code":3,"message":"resourceSpans: an object is not an array"})");
  CHECK(backend->stats().traces.requests == 0);
}

TEST_CASE("other paths, methods and types are refused in the Collector's words") {
  ServedBackend backend;
  const auto nowhere = backend.post("/v1/trace", one_span(), k_protobuf);
  CHECK(nowhere.status == 404);
  CHECK(nowhere.body == "404 page not found\n");
  const auto got = backend.send({.url = "http://" + backend->http_address() + "/v1/traces"});
  CHECK(got.status == 405);
  CHECK(got.body == "405 method not allowed, supported: [POST]");
  CHECK(got.header("Allow") == "POST");
  const auto typed = backend.post("/v1/traces", one_span(), "text/plain");
  CHECK(typed.status == 415);
  CHECK(typed.body ==
        "415 unsupported media type, supported: [application/json, application/x-protobuf]");
  const auto packed =
      backend.post("/v1/traces", one_span(), k_protobuf, {{"Content-Encoding", "br"}});
  CHECK(packed.status == 400);
  CHECK(status_of(packed).message() == "unsupported Content-Encoding: br");
  CHECK(backend->stats().traces.accepted == 0);
}

TEST_CASE("gzip bodies are unpacked within the limit") {
  ServerOptions options = ServerOptions::on_free_ports();
  options.max_request = 1 << 20;
  ServedBackend backend(options);
  const std::vector<net::Header> gzip{{"Content-Encoding", "gzip"}};
  CHECK(backend.post("/v1/traces", net::gzip(one_span()), k_protobuf, gzip).status == 200);
  CHECK(backend.post("/v1/traces", net::gzip(k_span_json), k_json, gzip).status == 200);
  // Names of codings have no case (RFC 9110, 8.4.1).
  CHECK(
      backend.post("/v1/traces", net::gzip(one_span()), k_protobuf, {{"Content-Encoding", "GZIP"}})
          .status == 200);
  CHECK(backend->stats().traces.accepted == 3);

  const auto bomb =
      backend.post("/v1/traces", net::gzip(std::string(64 << 20, '\0')), k_protobuf, gzip);
  CHECK(bomb.status == 400);
  CHECK(status_of(bomb).message() == "http: request body too large");
  const std::string whole = net::gzip(one_span());
  const auto cut = backend.post("/v1/traces", std::string_view(whole).substr(0, whole.size() - 8),
                                k_protobuf, gzip);
  CHECK(cut.status == 400);
  CHECK(status_of(cut).message() == "the body cannot be read: damaged gzip, or cut short");
  const auto damaged = backend.post("/v1/traces", "no gzip at all", k_protobuf, gzip);
  CHECK(damaged.status == 400);
  CHECK(status_of(damaged).message() == "the body cannot be read: damaged gzip, or cut short");
}

TEST_CASE("a body above the limit is refused, however its length is told") {
  ServerOptions options = ServerOptions::on_free_ports();
  options.max_request = 64 * 1024;
  ServedBackend backend(options);
  const std::string large(100'000, 'x');
  const auto declared = backend.post("/v1/traces", large, k_protobuf);
  CHECK(declared.status == 400);
  CHECK(status_of(declared).message() == "http: request body too large");

  RawConnection chunked(backend->http_address());
  chunked.write(
      "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n186A0\r\n" +
      large + "\r\n0\r\n\r\n");
  const std::string answer = chunked.read_all();
  CHECK(answer.starts_with("HTTP/1.1 400 "));
  CHECK(answer.find("http: request body too large") != std::string::npos);
}

TEST_CASE("a request without a length has no body, as curl -X POST sends it") {
  ServedBackend backend;
  RawConnection connection(backend->http_address());
  connection.write(
      "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n\r\n");
  CHECK(connection.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("a connection serves one request after the other, and chunked ones too") {
  ServedBackend backend;
  RawConnection connection(backend->http_address());
  const std::string body(k_span_json);
  const std::string head =
      "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  for (int count = 0; count < 3; ++count) {
    connection.write(head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    CHECK(connection.read_until("\r\n\r\n{}").starts_with("HTTP/1.1 200 OK\r\n"));
  }
  connection.write(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
  const std::string answer = connection.read_all();
  CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(answer.find("Connection: close\r\n") != std::string::npos);
  CHECK(backend->stats().traces.requests == 4);
}

TEST_CASE("a request that is refused with its body unread still gets its answer") {
  ServedBackend backend;
  RawConnection connection(backend->http_address());
  connection.write("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" +
                   std::string(200'000, 'x'));
  const std::string answer = connection.read_all();
  CHECK(answer.starts_with("HTTP/1.1 404 Not Found\r\n"));
  CHECK(answer.ends_with("404 page not found\n"));
}

TEST_CASE("what is not HTTP is answered with 400 or not at all, and does no harm") {
  ServedBackend backend;
  for (const std::string& text :
       {std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        std::string("\x16\x03\x01 not TLS\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\n") + std::string(100'000, 'a'), std::string("\r\n\r\n")}) {
    RawConnection connection(backend->http_address());
    connection.write(text);
    const std::string answer = connection.read_all();
    CHECK((answer.empty() || answer.starts_with("HTTP/1.1 4")));
  }
  CHECK(backend.post("/v1/traces", one_span(), k_protobuf).status == 200);
}

TEST_CASE("idle connections give way to those that have a request") {
  ServedBackend backend;
  std::vector<RawConnection> idle;
  for (int count = 0; count < 300; ++count) {
    idle.emplace_back(backend->http_address());
  }
  CHECK(backend.post("/v1/traces", one_span(), k_protobuf).status == 200);
}

}  // namespace
}  // namespace otelctl::server
