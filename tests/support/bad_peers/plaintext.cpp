// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Ports on which no OTLP server listens, or one of another protocol.
#include <string>
#include <vector>

#include "tests/support/bad_peers/bad_peers.hpp"
#include "tests/support/raw_http2.hpp"

namespace otelctl::test {
namespace {

using namespace std::string_literals;

// Speaks first, and says nothing more.
RawServer::Handler banner(std::string words) {
  return [words = std::move(words)](Conversation& conversation) {
    conversation.write(words);
    conversation.wait_until_closed();
  };
}

// Says the same to whatever it is told.
RawServer::Handler parrot(std::string words) {
  return [words = std::move(words)](Conversation& conversation) {
    while (!conversation.read().empty()) {
      conversation.write(words);
    }
  };
}

void silent(Conversation& conversation) {
  conversation.wait_until_closed();
}

void closing(Conversation&) {}

void resetting(Conversation& conversation) {
  conversation.read();
  conversation.reset();
}

RawServer::Handler resets_in_http_answer() {
  return [](Conversation& conversation) {
    if (!conversation.read_request().first.empty()) {
      conversation.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 100\r\n\r\n"
          "some");
      conversation.reset();
    }
  };
}

RawServer::Handler resets_in_grpc_answer() {
  return http2([](Http2Call& call) {
    call.headers({{":status", "200"}, {"content-type", "application/grpc"}});
    call.reset();
  });
}

RawServer::Handler closes_in_grpc_answer() {
  return http2([](Http2Call& call) {
    call.headers({{":status", "200"}, {"content-type", "application/grpc"}});
    call.hang_up();
  });
}

// The first packet of a MySQL server: length and number, protocol 10, the version.
std::string mysql_greeting() {
  return "\x4a\0\0\0\x0a"s + "8.0.36\0"s + "\x0b\0\0\0"s + std::string(60, 'x');
}

StartPeer https_to(RawServer::Handler handler) {
  return [handler = std::move(handler)](const PeerKit&) {
    auto server = std::make_shared<RawServer>(handler);
    return LivePeer{"https://localhost:" + std::to_string(server->port()), {}, {server}};
  };
}

void add_other_protocols(PeerTable& table) {
  struct Other {
    const char* name;
    RawServer::Handler handler;
    const char* words;
  };
  const std::vector<Other> others{
      {"an SSH server", banner("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), "SSH-2.0-OpenSSH"},
      {"an SMTP server", banner("220 mail.example.com ESMTP Postfix\r\n"), "ESMTP"},
      {"a MySQL server", banner(mysql_greeting()), "8.0.36"},
      {"a Redis server", parrot("-ERR unknown command, with args beginning with: \r\n"),
       "-ERR unknown command"},
  };
  for (const Other& other : others) {
    table.over({"grpc", "http/protobuf", "http/json"})
        .add(other.name, not_understood("export", other.words, "another server listens"),
             plain(other.handler))
        .add(other.name + " where TLS was meant"s,
             not_understood("tls", other.words, "another server listens"), https_to(other.handler));
  }
}

}  // namespace

std::vector<BadPeer> plaintext_peers() {
  PeerTable table;
  table
      .over({"grpc"})
      // On a busy machine the deadline may come before the library's own word for it.
      .add_endless("accepts and stays silent", not_reachable("export", "localhost:", "forwarder"),
                   plain(&silent))
      .add("resets in the middle of the answer",
           not_reachable("export", "reset the connection", "log"), plain(resets_in_grpc_answer()))
      .add("hangs up in the middle of the answer",
           not_reachable("export", "the connection without an answer", "log"),
           plain(closes_in_grpc_answer()));
  table.over({"http/protobuf", "http/json"})
      .add_endless("accepts and stays silent",
                   not_reachable("export", "gave no answer within", "stuck"), plain(&silent))
      .add("resets in the middle of the answer",
           not_reachable("export", "reset the connection in the middle", "log"),
           plain(resets_in_http_answer()));
  table.over({"grpc", "http/protobuf", "http/json"})
      .add("closes at once",
           not_reachable("export", "the connection without an answer", "https://"), plain(&closing))
      .add("resets when it is spoken to",
           not_reachable("export", "reset the connection", "https://"), plain(&resetting));
  add_other_protocols(table);

  const auto web_page = always(http_answer(200, "text/html", "<html>Welcome</html>"));
  const auto not_found = always(http_answer(404, "text/html", "<html>not found</html>"));
  table.over({"grpc"})
      .add("a web page", not_understood("export", "speaks HTTP/1.1, not gRPC", "http/protobuf"),
           plain(web_page))
      .add("a web server without the path",
           not_understood("export", "speaks HTTP/1.1, not gRPC", "http/protobuf"), plain(not_found))
      .add("OTLP/HTTP on the gRPC port",
           not_understood("export", "speaks HTTP/1.1, not gRPC", "http/protobuf"),
           plain(always(http_answer(200, "application/x-protobuf", ""))));
  table.over({"http/protobuf", "http/json"})
      .add("a web page", not_understood("export", "web page", "4318"), plain(web_page))
      .add("a web server without the path", not_understood("export", "404", "path"),
           plain(not_found))
      .add("gRPC on the HTTP port", not_understood("export", "is a gRPC port", "--protocol grpc"),
           plain(grpc_answer("")));
  return std::move(table).rows();
}

}  // namespace otelctl::test
