// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// A server with certificates, and clients that trust it, show one of their own, or do neither.
#include <csignal>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "tests/integration/serve_support.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_context.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using test::Authority;
using test::CertificateWish;
using test::Identity;
using test::TestRun;

// Long before the time at which test runs stand still.
constexpr std::chrono::seconds k_long_ago = -std::chrono::hours(24L * 365 * 20);

// The files of a server and its clients, as users have them.
class Certificates {
 public:
  Certificates() {
    write("ca.pem", m_authority.certificate());
    write("others.pem", Authority("others").certificate());
    issue("server", m_authority);
    issue("client", m_authority);
    issue("stranger", Authority("somebody else"));
  }

  std::string path(const std::string& name) const { return m_folder.path(name); }

  net::TlsServerPem server(bool asks_clients) const {
    net::TlsServerFiles files{path("server.pem"), path("server.key"), std::nullopt};
    if (asks_clients) {
      files.client_ca_file = path("ca.pem");
    }
    auto pem = net::read_tls_server_files(files, SystemClock().now());
    REQUIRE(pem);
    return *std::move(pem);
  }

 private:
  void write(const std::string& name, const std::string& text) const {
    REQUIRE(write_file(path(name), text));
  }
  void issue(const std::string& name, const Authority& authority) const {
    CertificateWish wish;
    wish.from = k_long_ago;
    const Identity identity = authority.issue(wish);
    write(name + ".pem", identity.certificate);
    write(name + ".key", identity.key);
  }

  test::TemporaryFolder m_folder;
  Authority m_authority;
};

ServerOptions with(net::TlsServerPem pem) {
  ServerOptions options = ServerOptions::on_free_ports();
  options.tls = std::move(pem);
  return options;
}

std::string endpoint(Server& server, const std::string& protocol, const std::string& scheme) {
  return scheme + "://" + (protocol == "grpc" ? server.grpc_address() : server.http_address());
}

// `arguments` behind what names the server.
TestRun run(const std::string& command, const std::string& protocol, const std::string& endpoint,
            std::vector<std::string> arguments) {
  std::vector<std::string> all{command, "--protocol", protocol, "--endpoint", endpoint};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return TestRun(all);
}

const std::vector<std::string> k_protocols{"grpc", "http/protobuf", "http/json"};

}  // namespace

TEST_CASE("spans come in over TLS, and traces go out over it and without") {
  const Certificates certificates;
  ServedBackend backend(with(certificates.server(false)));
  const std::string ca = certificates.path("ca.pem");
  for (const std::string& protocol : k_protocols) {
    CAPTURE(protocol);
    const std::string url = endpoint(*backend, protocol, "https");
    const TestRun sent = run("send-spans", protocol, url, {"--ca", ca, "--traces", "3"});
    CHECK_MESSAGE(sent.status() == 0, sent.err());
    const TestRun tested = run("test-connection", protocol, url, {"--ca", ca});
    CHECK_MESSAGE(tested.status() == 0, tested.out());
  }
  CHECK(backend->stats().traces.accepted == 3 * (3 * 14 + 1));
  const std::string address = backend->query_address();
  const TestRun secured =
      TestRun({"show-traces", "--backend", "https://" + address, "--backend-ca", ca, "--last",
               "100", "--since", "2000-01-01T00:00:00Z", "--format", "ids"});
  CHECK_MESSAGE(secured.status() == 0, secured.err());
  const TestRun plain = TestRun({"show-traces", "--backend", "http://" + address, "--last", "100",
                                 "--since", "2000-01-01T00:00:00Z", "--format", "ids"});
  CHECK(plain.status() == 0);
  CHECK(!plain.out().empty());
  CHECK(secured.out() == plain.out());
}

TEST_CASE("whoever does not trust the certificate sends nothing") {
  const Certificates certificates;
  ServedBackend backend(with(certificates.server(false)));
  for (const std::string& protocol : k_protocols) {
    CAPTURE(protocol);
    const TestRun sent = run("send-spans", protocol, endpoint(*backend, protocol, "https"),
                             {"--ca", certificates.path("others.pem"), "--timeout", "5s"});
    CHECK(sent.status() == 3);
  }
  CHECK(backend->stats().traces.requests == 0);
}

TEST_CASE("plaintext is no way in, and says why") {
  const Certificates certificates;
  ServedBackend backend(with(certificates.server(false)));
  for (const std::string& protocol : k_protocols) {
    CAPTURE(protocol);
    const TestRun sent = run("send-spans", protocol, endpoint(*backend, protocol, "http"), {});
    CHECK(sent.status() == 5);
  }
  RawConnection connection(backend->http_address());
  connection.write("POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  CHECK(connection.read_all() ==
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
  RawConnection garbage(backend->http_address());
  garbage.write(std::string_view("\x16\x03\x01\x00\x0anonsense..", 15));
  garbage.read_end();
  CHECK(backend->stats().traces.requests == 0);
}

TEST_CASE("clients are let in by their certificate") {
  const Certificates certificates;
  ServedBackend backend(with(certificates.server(true)));
  const std::string ca = certificates.path("ca.pem");
  const auto send = [&](const std::string& protocol, const std::string& client) {
    std::vector<std::string> arguments{"--ca", ca, "--timeout", "5s"};
    if (!client.empty()) {
      arguments.insert(arguments.end(), {"--cert", certificates.path(client + ".pem"), "--key",
                                         certificates.path(client + ".key")});
    }
    return run("send-spans", protocol, endpoint(*backend, protocol, "https"), arguments).status();
  };
  for (const std::string& protocol : k_protocols) {
    CAPTURE(protocol);
    CHECK(send(protocol, "client") == 0);
    CHECK(send(protocol, "stranger") == 4);
    CHECK(send(protocol, "") == 4);
  }
  CHECK(backend->stats().traces.requests == 3);
  const TestRun asked = TestRun(
      {"show-services", "--backend", "https://" + backend->query_address(), "--backend-ca", ca});
  CHECK_MESSAGE(asked.status() == 0, asked.err());
}

TEST_CASE("many requests and large answers go over one TLS connection") {
  const Certificates certificates;
  ServedBackend backend(with(certificates.server(false)));
  const TestRun sent =
      run("send-spans", "http/protobuf", endpoint(*backend, "http/protobuf", "https"),
          {"--ca", certificates.path("ca.pem"), "--traces", "20000", "--in-flight", "4"});
  CHECK_MESSAGE(sent.status() == 0, sent.err());
  CHECK(backend->stats().traces.accepted == 20'000 * 14);
  const TestRun shown = TestRun({"show-traces", "--backend", "https://" + backend->query_address(),
                                 "--backend-ca", certificates.path("ca.pem"), "--last", "2000",
                                 "--since", "2000-01-01T00:00:00Z", "--format", "json"});
  CHECK_MESSAGE(shown.status() == 0, shown.err());
  CHECK(shown.out().size() > 100'000);
}

TEST_CASE("files that cannot be used are named before anything listens") {
  const Certificates certificates;
  const auto serve = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"serve", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0",
                                         "--query", "127.0.0.1:0"});
    const TestRun run(arguments);
    CHECK(run.status() == 2);
    CHECK(run.out().empty());
    return run.err();
  };
  const std::string cert = certificates.path("server.pem");
  const std::string key = certificates.path("server.key");
  CHECK(serve({"--tls-cert", cert}).find("--tls-cert is given without --tls-key") !=
        std::string::npos);
  CHECK(serve({"--tls-key", key}).find("--tls-key is given without --tls-cert") !=
        std::string::npos);
  CHECK(serve({"--client-ca", cert}).find("--client-ca is given without --tls-cert") !=
        std::string::npos);
  CHECK(serve({"--tls-cert", cert, "--tls-key", certificates.path("client.key")})
            .find("does not belong to") != std::string::npos);
  CHECK(serve({"--tls-cert", key, "--tls-key", key}).find("holds no PEM certificate") !=
        std::string::npos);
  CHECK(serve({"--tls-cert", cert, "--tls-key", key, "--client-ca", certificates.path("none.pem")})
            .find("client CA file") != std::string::npos);
}

TEST_CASE("an expired certificate is served, and reported") {
  const Certificates certificates;
  CertificateWish wish;
  wish.from = k_long_ago;
  wish.until = -std::chrono::hours(24L * 365 * 19);
  const Identity identity = test::self_signed(wish);
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path("old.pem"), identity.certificate));
  REQUIRE(write_file(folder.path("old.key"), identity.key));
  const auto pem = net::read_tls_server_files(
      {folder.path("old.pem"), folder.path("old.key"), std::nullopt}, SystemClock().now());
  REQUIRE(pem);
  CHECK(pem->problem.starts_with("has expired on 20"));
  ServedBackend backend(with(*pem));
  const TestRun tested =
      run("test-connection", "http/protobuf", endpoint(*backend, "http/protobuf", "https"),
          {"--ca", folder.path("old.pem")});
  CHECK(tested.status() == 3);
  CHECK(tested.out().find("expired") != std::string::npos);
  const TestRun served(
      {.interrupted_by = SIGINT},
      {"serve", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--query", "127.0.0.1:0",
       "--tls-cert", folder.path("old.pem"), "--tls-key", folder.path("old.key")});
  CHECK(served.out().starts_with("OTLP over gRPC  https://127.0.0.1:"));
  CHECK(served.out().find("query API       http://127.0.0.1:") != std::string::npos);
  CHECK(served.err().find("; clients will refuse it") != std::string::npos);
}

}  // namespace otelctl::server
