// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Servers whose TLS, or whose lack of it, is the trouble; and clients whose own files are.
#include <chrono>
#include <string>

#include <openssl/ssl.h>

#include "tests/support/bad_peers/bad_peers.hpp"
#include "tests/support/raw_http2.hpp"

namespace otelctl::test {
namespace {

using namespace std::chrono_literals;

// Speaks gRPC to those who do and OTLP/HTTP to the others: what the rows are about comes before.
RawServer::Handler otlp(const std::string& alpn) {
  return alpn == "h2" ? grpc_answer("") : always(http_answer(200, "application/x-protobuf", ""));
}

LivePeer serve_tls(const std::string& alpn, TlsWish wish, std::vector<std::string> arguments) {
  wish.alpn = alpn;
  auto server = std::make_shared<RawServer>(otlp(alpn), std::move(wish));
  return {"https://localhost:" + std::to_string(server->port()), std::move(arguments), {server}};
}

using MakeIdentity = std::function<Identity(const PeerKit&)>;

// A server with this identity, for a client that trusts the kit's authority.
StartPeer with_identity(const std::string& alpn, MakeIdentity make) {
  return [alpn, make = std::move(make)](const PeerKit& kit) {
    return serve_tls(alpn, {make(kit)}, {"--ca", kit.ca()});
  };
}

MakeIdentity issued(CertificateWish wish) {
  return [wish = std::move(wish)](const PeerKit& kit) { return kit.authority().issue(wish); };
}

Identity by_stranger(const PeerKit&) {
  return Authority("another authority").issue();
}

Identity by_intermediate(const PeerKit& kit) {
  return Authority("an intermediate authority", kit.authority()).issue();
}

void add_certificates(PeerTable& table, const std::string& alpn) {
  CertificateWish rsa_1024;
  rsa_1024.rsa_bits = 1024;
  CertificateWish over_sha1;
  over_sha1.sha1 = true;
  table
      .add("an expired certificate", not_reachable("tls", "has expired on 20", "renew"),
           with_identity(alpn, issued({"DNS:localhost", -48h, -24h})))
      .add("a certificate that is not yet valid",
           not_reachable("tls", "not valid yet, only from 20", "clock"),
           with_identity(alpn, issued({"DNS:localhost", 24h, 48h})))
      .add("a certificate for another host",
           not_reachable("tls", "is not for 'localhost', but for other.example", "names"),
           with_identity(alpn, issued({"DNS:other.example", -1h, 24h})))
      .add("a self-signed certificate", not_reachable("tls", "self-signed", "--ca"),
           with_identity(alpn, [](const PeerKit&) { return self_signed(); }))
      .add("an unknown authority",
           not_reachable("tls", "unknown authority (CN = another authority)", "--ca"),
           with_identity(alpn, &by_stranger))
      .add("a missing intermediate certificate",
           not_reachable("tls", "unknown authority (CN = an intermediate authority)",
                         "intermediate certificates too (fullchain.pem)"),
           with_identity(alpn, &by_intermediate))
      .add("a weak key", not_reachable("tls", "key is too weak", "2048"),
           with_identity(alpn, issued(rsa_1024)))
      .add("a weak signature",
           not_reachable("tls", "signature over the server's certificates is too weak", "SHA-256"),
           with_identity(alpn, issued(over_sha1)))
      .add("a certificate with its intermediate one", good("tls", "certificate trusted"),
           with_identity(alpn, [](const PeerKit& kit) {
             const Authority intermediate("an intermediate authority", kit.authority());
             Identity identity = intermediate.issue();
             identity.certificate += intermediate.certificate();
             return identity;
           }));
}

// The arguments of a client that shows a certificate.
std::vector<std::string> showing(const PeerKit& kit, const Identity& mine) {
  return {"--ca",   kit.ca(),
          "--cert", kit.write("client.pem", mine.certificate),
          "--key",  kit.write("client.key", mine.key)};
}

StartPeer wanting_client(const std::string& alpn, MakeIdentity client) {
  return [alpn, client = std::move(client)](const PeerKit& kit) {
    return serve_tls(
        alpn, {kit.authority().issue(), kit.authority().certificate()},
        client ? showing(kit, client(kit)) : std::vector{std::string("--ca"), kit.ca()});
  };
}

void add_client_certificates(PeerTable& table, const std::string& alpn) {
  const auto old_tls = [alpn](const PeerKit& kit) {
    TlsWish wish{kit.authority().issue(), kit.authority().certificate()};
    wish.newest_version = TLS1_2_VERSION;
    return serve_tls(alpn, std::move(wish), {"--ca", kit.ca()});
  };
  table
      .add("a client certificate demanded",
           refused("tls", "demands a client certificate", "--cert"), wanting_client(alpn, nullptr))
      .add("a client certificate demanded over TLS 1.2",
           refused("tls", "demands a client certificate", "--cert"), old_tls)
      .add("a wrong client certificate",
           refused("tls", "does not accept the client certificate", "--cert"),
           wanting_client(alpn, &by_stranger))
      .add("an expired client certificate",
           unfit_settings("files", "client.pem: has expired on 20", "new one"),
           wanting_client(alpn, issued({"DNS:client", -48h, -24h})))
      .add("a client certificate that is not yet valid",
           unfit_settings("files", "client.pem: is not valid before 20", "clock"),
           wanting_client(alpn, issued({"DNS:client", 24h, 48h})))
      .add("a key that does not fit",
           unfit_settings("files", "client.key: does not belong to", "requested"),
           wanting_client(
               alpn,
               [](const PeerKit& kit) {
                 return Identity{kit.authority().issue().certificate, kit.authority().issue().key};
               }))
      .add("a key file that holds none",
           unfit_settings("files", "client.key: holds no PEM private key", "BEGIN PRIVATE KEY"),
           wanting_client(alpn,
                          [](const PeerKit& kit) {
                            return Identity{kit.authority().issue().certificate, "nothing"};
                          }))
      .add("a CA file that does not exist", unfit_settings("files", "/does/not/exist.pem", "path"),
           [alpn](const PeerKit& kit) {
             return serve_tls(alpn, {kit.authority().issue()}, {"--ca", "/does/not/exist.pem"});
           })
      .add("a CA file that holds none",
           unfit_settings("files", "holds no PEM certificate", "BEGIN"),
           [alpn](const PeerKit& kit) {
             return serve_tls(alpn, {kit.authority().issue()},
                              {"--ca", kit.write("empty.pem", "nothing")});
           });
}

// A TCP server under an https endpoint.
StartPeer https_to(RawServer::Handler handler) {
  return [handler = std::move(handler)](const PeerKit& kit) {
    auto server = std::make_shared<RawServer>(handler);
    return LivePeer{
        "https://localhost:" + std::to_string(server->port()), {"--ca", kit.ca()}, {server}};
  };
}

// A TLS server under an http endpoint.
StartPeer http_to(const std::string& alpn) {
  return [alpn](const PeerKit& kit) {
    LivePeer live = serve_tls(alpn, {kit.authority().issue()}, {});
    live.endpoint.replace(0, 5, "http");
    return live;
  };
}

void add_handshakes(PeerTable& table, const std::string& alpn) {
  const auto tls_1_1 = [alpn](const PeerKit& kit) {
    TlsWish wish{kit.authority().issue()};
    wish.newest_version = TLS1_1_VERSION;
    return serve_tls(alpn, std::move(wish), {"--ca", kit.ca()});
  };
  table.add("TLS 1.1 at most", not_understood("tls", "no TLS version", "TLS 1.2"), tls_1_1)
      .add_endless("TLS that is not answered",
                   not_reachable("tls", "did not finish the TLS handshake", "stays silent"),
                   https_to([](Conversation& conversation) { conversation.wait_until_closed(); }))
      .add("TLS that is closed at once",
           not_reachable("tls", "closed the connection in the TLS handshake", "middlebox"),
           https_to([](Conversation& conversation) { conversation.read(); }))
      .add("TLS that is reset",
           not_reachable("tls", "reset the connection in the TLS handshake", "middlebox"),
           https_to([](Conversation& conversation) {
             conversation.read();
             conversation.reset();
           }))
      .add("TLS where plaintext was meant", not_understood("export", "speaks TLS", "https://"),
           http_to(alpn))
      .add("plaintext HTTP/1.1 where TLS was meant",
           not_understood("tls", "does not speak TLS", "http://"),
           https_to([](Conversation& conversation) {
             // Servers that look at the first bytes answer at once.
             conversation.read();
             conversation.write(http_answer(400, "text/plain", "Bad Request"));
           }))
      .add_endless("plaintext HTTP/1.1 that waits for more where TLS was meant",
                   not_understood("tls", "does not speak TLS", "http://"),
                   https_to(always(http_answer(200, "application/x-protobuf", ""))))
      .add("plaintext gRPC where TLS was meant",
           not_understood("tls", "does not speak TLS", "http://"), https_to(grpc_answer("")));
}

}  // namespace

std::vector<BadPeer> tls_peers() {
  PeerTable table;
  for (const auto& [protocol, alpn] :
       {std::pair{"grpc", "h2"}, std::pair{"http/protobuf", "http/1.1"},
        std::pair{"http/json", "http/1.1"}}) {
    table.over({protocol});
    add_certificates(table, alpn);
    add_client_certificates(table, alpn);
    add_handshakes(table, alpn);
  }
  const auto words = not_understood("tls", "TLS without HTTP/2", "http/protobuf");
  table.over({"grpc"})
      .add("ALPN without h2", words, with_identity("http/1.1", issued({})))
      .add("no ALPN", words, with_identity("", issued({})));
  return std::move(table).rows();
}

}  // namespace otelctl::test
