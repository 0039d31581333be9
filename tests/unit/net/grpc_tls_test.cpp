// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <mutex>
#include <string>

#include <doctest/doctest.h>

#include "net/grpc_client.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/unit/net/tls_support.hpp"

using namespace otelctl;
using namespace otelctl::net;
using otelctl::test::Authority;
using otelctl::test::CertificateWish;
using otelctl::test::Identity;
using otelctl::test::TlsWish;

TEST_CASE("gRPC speaks TLS with own roots, with a client certificate, and unverified") {
  const Authority authority;
  Files files;
  const test::FakeGrpcServer server(
      [](const test::GrpcCall&) {
        return test::GrpcReply{0, "", "", "fine", false};
      },
      TlsWish{authority.issue(), authority.certificate(), "h2"});
  const Identity identity = authority.issue();
  TlsFiles mine = files.trusting(authority.certificate());
  mine.cert_file = files.write("cert.pem", identity.certificate);
  mine.key_file = files.write("key.pem", identity.key);
  const auto call = [&](const TlsFiles& tls, const char* host) {
    const std::string url = "https://" + std::string(host) + ":" + std::to_string(server.port());
    GrpcClient client({*parse_url(url), tls, "", "test"});
    GrpcRequest request;
    request.method = "/a.B/C";
    return client.call(request);
  };
  CHECK(call(mine, "localhost").body == "fine");
  CHECK(call(mine, "127.0.0.1").body == "fine");

  TlsFiles unverified = mine;
  unverified.ca_file.clear();
  unverified.skip_verify = true;
  CHECK(call(unverified, "localhost").body == "fine");

  TlsFiles untrusting = mine;
  untrusting.ca_file = files.write("stranger.pem", Authority().certificate());
  const auto refused = call(untrusting, "localhost");
  REQUIRE(refused.failure);
  CHECK(refused.failure->kind == ErrorKind::unreachable);
  CAPTURE(refused.message);
  CHECK(refused.failure->message.find("not trusted") != std::string::npos);
  CHECK(refused.is_final);
}

TEST_CASE("Over gRPC the authority is the endpoint's host and port, with TLS too") {
  const Authority authority;
  Files files;
  std::mutex mutex;
  std::string seen;
  const auto answer = [&](const test::GrpcCall& call) {
    const std::lock_guard lock(mutex);
    seen = call.authority;
    return test::GrpcReply{};
  };
  const test::FakeGrpcServer plain(answer);
  const test::FakeGrpcServer with_tls(answer, TlsWish{authority.issue()});
  const TlsFiles trusting = files.trusting(authority.certificate());
  for (const std::string host : {"localhost", "127.0.0.1"}) {
    for (const bool is_tls : {false, true}) {
      const std::string place =
          host + ":" + std::to_string(is_tls ? with_tls.port() : plain.port());
      CAPTURE(place);
      CAPTURE(is_tls);
      GrpcClient client({*parse_url((is_tls ? "https://" : "http://") + place), trusting, "", ""});
      GrpcRequest request;
      request.method = "/a.B/C";
      CHECK(client.call(request).code == 0);
      const std::lock_guard lock(mutex);
      CHECK(seen == place);
    }
  }
}

TEST_CASE("gRPC takes a certificate for another host only when it is not verified") {
  const Authority authority;
  Files files;
  CertificateWish elsewhere;
  elsewhere.names = "DNS:elsewhere.example";
  const test::FakeGrpcServer server([](const test::GrpcCall&) { return test::GrpcReply{}; },
                                    TlsWish{authority.issue(elsewhere)});
  TlsFiles tls = files.trusting(authority.certificate());
  const auto call = [&] {
    GrpcClient client(
        {*parse_url("https://localhost:" + std::to_string(server.port())), tls, "", "test"});
    GrpcRequest request;
    request.method = "/a.B/C";
    return client.call(request);
  };
  const auto refused = call();
  REQUIRE(refused.failure);
  CHECK(refused.failure->kind == ErrorKind::unreachable);
  CHECK(refused.failure->message.find("not for this host name") != std::string::npos);
  tls.skip_verify = true;
  CHECK(call().code == 0);
}
