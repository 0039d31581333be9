// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/identify.hpp"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "tests/support/certificates.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_server.hpp"

using namespace otelctl;
using namespace otelctl::probe;
using namespace std::chrono_literals;
using otelctl::test::Conversation;
using otelctl::test::RawServer;
using otelctl::test::TlsWish;

namespace {

Peer look(std::uint16_t port) {
  net::Address address;
  address.bytes = {127, 0, 0, 1};
  address.port = port;
  return identify(address, "localhost", 5s, std::chrono::system_clock::now());
}

void wait(Conversation& conversation) {
  conversation.wait_until_closed();
}

}  // namespace

TEST_CASE("A gRPC server is plaintext HTTP/2") {
  const test::FakeGrpcServer server([](const test::GrpcCall&) { return test::GrpcReply{}; });
  CHECK(look(server.port()).kind == PeerKind::http2);
}

TEST_CASE("A server that answers the HTTP/2 preface in HTTP/1.1 is HTTP/1.1") {
  const RawServer server([](Conversation& conversation) {
    conversation.read();
    conversation.write(test::http_answer(400, "text/plain", "Bad Request"));
    wait(conversation);
  });
  CHECK(look(server.port()).kind == PeerKind::http1);
}

TEST_CASE("A server that answers only a whole request is HTTP/1.1 too") {
  const RawServer server([](Conversation& conversation) {
    if (conversation.read_request().first.starts_with("POST ")) {
      conversation.write(test::http_answer(200, "", ""));
    }
    wait(conversation);
  });
  CHECK(look(server.port()).kind == PeerKind::http1);
}

TEST_CASE("A server that answers the HTTP/2 preface with a bare page is HTTP/1.1") {
  const RawServer server([](Conversation& conversation) {
    const bool is_post = conversation.read_request().first.starts_with("POST ");
    conversation.write(is_post ? test::http_answer(501, "text/html", "<p>no</p>")
                               : "<!DOCTYPE HTML>\n<p>Invalid HTTP version</p>\n");
  });
  CHECK(look(server.port()).kind == PeerKind::http1);
}

TEST_CASE("TLS is found, with and without HTTP/2 in it") {
  const test::Authority authority;
  const RawServer with(&wait, TlsWish{authority.issue(), "", "h2"});
  CHECK(look(with.port()).kind == PeerKind::tls_http2);
  const RawServer without(&wait, TlsWish{authority.issue(), "", "http/1.1"});
  CHECK(look(without.port()).kind == PeerKind::tls);
}

TEST_CASE("A TLS port that answers plaintext with words is a TLS port") {
  // What Go's and nginx's servers write; the TLS side is played by another server in real life, so
  // here the words alone must not make it plaintext HTTP.
  const RawServer server([](Conversation& conversation) {
    conversation.read();
    conversation.write(
        test::http_answer(400, "text/plain", "Client sent an HTTP request to an HTTPS server.\n"));
  });
  CHECK(look(server.port()).kind != PeerKind::http1);
}

TEST_CASE("Another protocol is shown by its banner, made safe") {
  const RawServer server([](Conversation& conversation) {
    conversation.write("SSH-2.0-Open\x1b[31mSSH\r\nmore");
    wait(conversation);
  });
  const Peer peer = look(server.port());
  CHECK(peer.kind == PeerKind::other);
  CHECK(peer.banner.starts_with("SSH-2.0-Open"));
  CHECK(peer.banner.find('\x1b') == std::string::npos);
  CHECK(peer.banner.find("more") == std::string::npos);
}

TEST_CASE("Silence and hanging up are told apart") {
  const RawServer silent(&wait);
  CHECK(look(silent.port()).kind == PeerKind::silent);
  const RawServer closing([](Conversation&) {});
  CHECK(look(closing.port()).kind == PeerKind::closing);
}
