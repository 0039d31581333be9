// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// A server that demands headers, and senders with the right, a wrong and no key.
#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "tests/integration/serve_support.hpp"
#include "tests/support/test_context.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using test::TestRun;

ServerOptions with_key() {
  ServerOptions options = ServerOptions::on_free_ports();
  options.required_headers = {{"X-Api-Key", "right=key"}, {"x-tenant", "one"}};
  return options;
}

TestRun send(Server& server, const std::string& protocol, std::vector<std::string> headers) {
  std::vector<std::string> args{
      "send-spans", "--protocol", protocol, "--endpoint",
      "http://" + (protocol == "grpc" ? server.grpc_address() : server.http_address())};
  for (std::string& header : headers) {
    args.emplace_back("--header");
    args.push_back(std::move(header));
  }
  return TestRun(args);
}

}  // namespace

TEST_CASE("only who sends every required header is let in") {
  for (const std::string protocol : {"grpc", "http/protobuf", "http/json"}) {
    CAPTURE(protocol);
    ServedBackend backend(with_key());
    const TestRun right =
        send(*backend, protocol, {"x-api-key=right=key", "X-TENANT=one", "other=value"});
    CHECK(right.status() == 0);
    const TestRun wrong = send(*backend, protocol, {"x-api-key=wrong", "x-tenant=one"});
    CHECK(wrong.status() == 4);
    CHECK(wrong.err().find("the header x-api-key has not the required value") != std::string::npos);
    const TestRun none = send(*backend, protocol, {"x-api-key=right=key"});
    CHECK(none.status() == 4);
    CHECK(none.err().find("the header x-tenant is missing") != std::string::npos);
    CHECK(backend->stats().traces.requests == 1);
    CHECK(backend->stats().traces.accepted == 14);
    CHECK(backend.get("/stats").status == 200);
  }
}

TEST_CASE("a refused request does not cost its connection's client the answer") {
  ServedBackend backend(with_key());
  const auto response =
      backend.post("/v1/logs", std::string(300'000, 'x'), "application/x-protobuf");
  CHECK(response.status == 401);
  CHECK(response.body.find("x-api-key is missing") != std::string::npos);
  CHECK(response.body.find("right") == std::string::npos);
}

}  // namespace otelctl::server
