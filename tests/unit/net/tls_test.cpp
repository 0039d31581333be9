// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/base64.hpp"
#include "net/http_client.hpp"
#include "net/socket.hpp"
#include "net/tls_files.hpp"
#include "net/tls_probe.hpp"
#include "net/tls_words.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/unit/net/tls_support.hpp"

using namespace otelctl;
using namespace otelctl::net;
using otelctl::test::Authority;
using otelctl::test::CertificateWish;
using otelctl::test::Conversation;
using otelctl::test::Identity;
using otelctl::test::RawServer;
using otelctl::test::TlsWish;

namespace {

using namespace std::chrono_literals;

Time now() {
  return std::chrono::system_clock::now();
}

TlsProbeResult probe(const RawServer& server, const TlsFiles& files,
                     const std::string& host = "localhost") {
  const auto connection = dial("127.0.0.1", server.port(), 5s);
  REQUIRE(connection);
  TlsProbeRequest request;
  request.host = host;
  request.host_and_port = host + ":" + std::to_string(server.port());
  request.files = files;
  request.now = now();
  return probe_tls(connection->socket, request);
}

RawServer::Handler silent() {
  return [](Conversation& conversation) { conversation.wait_until_closed(); };
}

CertificateWish expired() {
  return {"DNS:localhost", -48h, -24h};
}
CertificateWish future() {
  return {"DNS:localhost", 24h, 48h};
}
CertificateWish other_name() {
  return {"DNS:other.example,IP:10.0.0.1", -1h, 24h};
}

}  // namespace

TEST_CASE("A good certificate is accepted with its facts") {
  const Authority authority;
  Files files;
  const RawServer server(silent(), TlsWish{authority.issue(), "", "h2"});
  const auto result = probe(server, files.trusting(authority.certificate()));
  CHECK_FALSE(result.error);
  REQUIRE(result.facts);
  CHECK(result.facts->version == "TLSv1.3");
  CHECK(result.facts->alpn == "h2");
  CHECK(result.facts->verify_result == 0);
  CHECK(result.facts->names == std::vector<std::string>{"localhost", "127.0.0.1"});
  CHECK(result.facts->issuer.find("otelctl test authority") != std::string::npos);
  CHECK(result.days_left == 89);
}

TEST_CASE("An address is looked for among the addresses of the certificate") {
  const Authority authority;
  Files files;
  const RawServer server(silent(), TlsWish{authority.issue()});
  CHECK_FALSE(probe(server, files.trusting(authority.certificate()), "127.0.0.1").error);
  CHECK(probe(server, files.trusting(authority.certificate()), "127.0.0.2").error);
}

TEST_CASE("A host with a final dot is the name without it") {
  const Authority authority;
  Files files;
  const RawServer server(silent(), TlsWish{authority.issue()});
  const TlsFiles trusted = files.trusting(authority.certificate());
  CHECK_FALSE(probe(server, trusted, "localhost.").error);
  CHECK(probe(server, trusted, "localhost..").error);
}

TEST_CASE("Dates beyond what 64-bit nanoseconds can count are cut to years that they can") {
  const Authority authority;
  Files files;
  constexpr auto k_year = std::chrono::hours(24 * 365);
  const RawServer server(
      silent(), TlsWish{authority.issue({"DNS:localhost", -1500 * k_year, 1500 * k_year})});
  const auto result = probe(server, files.trusting(authority.certificate()));
  CHECK_FALSE(result.error);
  REQUIRE(result.facts);
  REQUIRE(result.facts->not_before);
  REQUIRE(result.facts->not_after);
  CHECK(format_rfc3339(*result.facts->not_before, 0).starts_with("1700-"));
  CHECK(format_rfc3339(*result.facts->not_after, 0).starts_with("2200-"));
}

TEST_CASE("A server that sends session tickets without end is left in time") {
  const Authority authority;
  Files files;
  const RawServer server(
      [](Conversation& conversation) {
        while (conversation.send_ticket() && conversation.stays(0ms)) {
        }
      },
      TlsWish{authority.issue()});
  const auto result = probe(server, files.trusting(authority.certificate()));
  CHECK_FALSE(result.error);
  CHECK(result.facts);
}

TEST_CASE("Each unacceptable certificate has its own words, whoever finds it") {
  const Authority authority;
  const Authority stranger("another authority");
  const Authority namesake;
  struct Row {
    std::string what;
    Identity identity;
    const char* words;
  };
  const std::vector<Row> rows{
      {"expired", authority.issue(expired()), "has expired"},
      {"future", authority.issue(future()), "not valid yet"},
      {"other name", authority.issue(other_name()), "is not for 'localhost"},
      {"self-signed", test::self_signed(), "self-signed"},
      {"unknown authority", stranger.issue(), "unknown authority"},
      {"an authority of the same name", namesake.issue(), "and another key"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Files files;
    const TlsFiles trusted = files.trusting(authority.certificate());
    const RawServer server(silent(), TlsWish{row.identity});
    const auto result = probe(server, trusted);
    REQUIRE(result.error);
    CHECK(result.error->kind == ErrorKind::unreachable);
    CAPTURE(result.error->message);
    CHECK(result.error->message.find(row.words) != std::string::npos);
    CHECK_FALSE(result.error->hint.empty());
    REQUIRE(result.facts);

    TlsFiles unverified = trusted;
    unverified.skip_verify = true;
    CHECK_FALSE(probe(server, unverified).error);

    HttpClient client;
    HttpRequest request;
    request.url = "https://localhost:" + std::to_string(server.port()) + "/";
    request.tls = trusted;
    const auto response = client.send(request);
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::unreachable);
    CAPTURE(response.error().message);
    CHECK(response.error().message.find(row.words) != std::string::npos);
    CHECK(client.failed_for_good());
  }
}

TEST_CASE("A missing intermediate certificate is thought of where the server sent one alone") {
  const auto hint = [](std::optional<std::size_t> sent) {
    constexpr long k_no_local_issuer = 20;  // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
    return certificate_error(k_no_local_issuer, "localhost", sent).hint;
  };
  CHECK(hint(1).find("fullchain.pem") != std::string::npos);
  CHECK(hint(std::nullopt).find("fullchain.pem") != std::string::npos);
  CHECK(hint(2).find("fullchain.pem") == std::string::npos);
}

TEST_CASE("A plaintext port is told from a TLS port") {
  const RawServer server([](Conversation& conversation) {
    conversation.read();
    conversation.write(test::http_answer(400, "", ""));
    conversation.wait_until_closed();
  });
  const auto result = probe(server, {});
  REQUIRE(result.error);
  CHECK(result.error->kind == ErrorKind::not_understood);
  CHECK(result.error->message.find("does not speak TLS") != std::string::npos);
  CHECK_FALSE(result.facts);
}

TEST_CASE("A peer that stays silent in the handshake is left in time") {
  const RawServer server(silent());
  const auto connection = dial("127.0.0.1", server.port(), 5s);
  REQUIRE(connection);
  TlsProbeRequest request;
  request.host = "localhost";
  request.timeout = 50ms;
  const auto result = probe_tls(connection->socket, request);
  REQUIRE(result.error);
  CHECK(result.error->kind == ErrorKind::unreachable);
  CHECK(result.error->message.find("handshake") != std::string::npos);
}

TEST_CASE("A demand for a client certificate is refused, and a good one is taken") {
  const Authority authority;
  Files files;
  const RawServer server(silent(), TlsWish{authority.issue(), authority.certificate(), ""});
  TlsFiles mine = files.trusting(authority.certificate());
  const auto without = probe(server, mine);
  REQUIRE(without.error);
  CHECK(without.error->kind == ErrorKind::refused);
  CHECK(without.error->message.find("demands a client certificate") != std::string::npos);

  const Identity identity = authority.issue();
  mine.cert_file = files.write("cert.pem", identity.certificate);
  mine.key_file = files.write("key.pem", identity.key);
  CHECK_FALSE(probe(server, mine).error);

  const Identity foreign = test::self_signed();
  TlsFiles wrong = mine;
  wrong.cert_file = files.write("foreign.pem", foreign.certificate);
  wrong.key_file = files.write("foreign-key.pem", foreign.key);
  const auto refused = probe(server, wrong);
  REQUIRE(refused.error);
  CHECK(refused.error->kind == ErrorKind::refused);
}

TEST_CASE("TLS files are checked before any connection") {
  const Authority authority;
  Files files;
  const Identity good = authority.issue();
  const Identity other = authority.issue();
  const Identity old = authority.issue(expired());
  const std::string ca = files.write("ca", authority.certificate());
  const std::string cert = files.write("cert", good.certificate);
  const std::string key = files.write("key", good.key);
  const std::string garbage = files.write("garbage", "not PEM");
  const std::string locked = files.write(
      "locked",
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
  CHECK(check_tls_files({ca, cert, key}, now()));
  CHECK(check_tls_files({}, now()));

  struct Row {
    TlsFiles files;
    const char* words;
  };
  const std::vector<Row> rows{
      {{ca + ".missing", "", ""}, "ca.missing"},
      {{garbage, "", ""}, "holds no PEM certificate"},
      {{"", cert, ""}, "without its key"},
      {{"", "", key}, "without its certificate"},
      {{"", cert, garbage}, "holds no PEM private key"},
      {{"", cert, locked}, "is encrypted"},
      {{"", cert, files.write("other", other.key)}, "does not belong to"},
      {{"", files.write("old", old.certificate), files.write("old-key", old.key)}, "has expired"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    const auto checked = check_tls_files(row.files, now());
    REQUIRE_FALSE(checked);
    CHECK(checked.error().kind == ErrorKind::settings);
    CAPTURE(checked.error().message);
    CHECK(checked.error().message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("A way through a proxy is opened, or its refusal told") {
  std::string asked;
  {
    const RawServer proxy([&](Conversation& conversation) {
      asked = conversation.read_request().first;
      conversation.write("HTTP/1.1 200 Connection established\r\nX: y\r\n\r\nrest");
      conversation.wait_until_closed();
    });
    const auto connection = dial("127.0.0.1", proxy.port(), 5s);
    REQUIRE(connection);
    CHECK(open_tunnel(connection->socket, "c:4317", "http://me:y%40u@proxy:1", Deadline(5s)));
    CHECK(connection->socket.receive(100, Deadline(5s)) == "rest");
  }
  CHECK(asked.starts_with("CONNECT c:4317 HTTP/1.1\r\nHost: c:4317\r\n"));
  CHECK(asked.find("Proxy-Authorization: Basic " + encode_base64("me:y@u") + "\r\n") !=
        std::string::npos);
  for (const auto& [answer, kind] : {std::pair{"HTTP/1.1 407 No\r\n\r\n", ErrorKind::refused},
                                     std::pair{"HTTP/1.1 502 No\r\n\r\n", ErrorKind::unreachable},
                                     std::pair{"", ErrorKind::unreachable}}) {
    const RawServer proxy([text = std::string(answer)](Conversation& conversation) {
      conversation.read_request();
      conversation.write(text);
    });
    const auto connection = dial("127.0.0.1", proxy.port(), 5s);
    REQUIRE(connection);
    const auto opened = open_tunnel(connection->socket, "c:1", "http://p:1", Deadline(5s));
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == kind);
  }
}
