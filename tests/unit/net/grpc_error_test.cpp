// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_error.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::net;

namespace {

std::optional<Error> explain(int code, std::string_view message, std::size_t sent_metadata = 100) {
  return explain_grpc_failure(
      {code, message, "localhost:4317", false, sent_metadata, std::chrono::seconds(1)});
}

}  // namespace

TEST_CASE("What the library refuses of an answer is not taken for a server's words") {
  struct Row {
    int code;
    std::string message;
    const char* words;
  };
  for (const Row& row : std::vector<Row>{
           {8, "Received message larger than max (5242880 vs. 4194305)", "larger than 4MiB"},
           {8, "Buffers full", "larger than 4MiB"},
           {8, "received initial metadata size exceeds limit", "larger than 8KiB"},
           {8, "received trailing metadata size exceeds limit", "larger than 8KiB"},
           {13, "frame of size 16384 overflows local window of 4", "flow control"}}) {
    CAPTURE(row.message);
    const auto error = explain(row.code, row.message);
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::not_understood);
    CHECK(error->message.find(row.words) != std::string::npos);
    CHECK(error->hint == "check which server listens on localhost:4317");
  }
}

TEST_CASE("The same words of a server stay the server's") {
  CHECK_FALSE(explain(8, "Received message larger than max (5242880 vs. 4194304)"));
  CHECK_FALSE(explain(8, "grpc: received message larger than max (5242880 vs. 4194304)"));
  CHECK_FALSE(explain(8, "received initial metadata size exceeds limit", 10'000));
  CHECK_FALSE(explain(14, "try later"));
  // What Envoy answers by itself when the server behind it is the one that refuses, resets or is
  // not reached.
  for (const char* reason : {"Connection refused", "Connection reset by peer", "No route to host",
                             "Connection timed out"}) {
    CAPTURE(reason);
    CHECK_FALSE(
        explain(14,
                "upstream connect error or disconnect/reset before headers. reset reason: remote "
                "connection failure, transport failure reason: delayed connect error: " +
                    std::string(reason)));
  }
}

TEST_CASE("What the library says of its own connection is told by its words") {
  const std::string connecting =
      "failed to connect to all addresses; last error: UNKNOWN: ipv4:127.0.0.1:4317: ";
  struct Row {
    std::string message;
    const char* words;
  };
  for (const Row& row : std::vector<Row>{
           {connecting + "Failed to connect to remote host: Connection refused", "refused"},
           {connecting + "Failed to connect to remote host: No route to host", "no route"},
           {connecting + "Failed to connect to remote host: Connection timed out", "no answer"},
           {connecting + "Socket closed", "closed the connection"},
           {connecting + "recvmsg:Connection reset by peer", "reset the connection"},
           {"recvmsg:Connection timed out", "no answer"},
           {"recvmsg:Connection reset by peer", "reset the connection"},
           {"sendmsg:Broken pipe", "closed the connection"},
           {"Socket closed", "closed the connection"},
           {"Endpoint read failed", "closed the connection"},
           {connecting + "of another kind", "no connection to"}}) {
    CAPTURE(row.message);
    const auto error = explain(14, row.message);
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::unreachable);
    CHECK(error->message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("Each HTTP status over HTTP/2 has its remedy") {
  const auto hint = [](int status) {
    const auto error = explain(2, "Received http2 header with status: " + std::to_string(status));
    REQUIRE(error);
    CHECK(error->message ==
          "localhost:4317 answers gRPC with HTTP status " + std::to_string(status));
    return error->hint;
  };
  CHECK(hint(302).starts_with("a redirect"));
  CHECK(hint(401).find("--header") != std::string::npos);
  CHECK(hint(408).find("gave up waiting") != std::string::npos);
  CHECK(hint(413).find("smaller batches") != std::string::npos);
  CHECK(hint(415).find("--protocol http/protobuf") != std::string::npos);
  CHECK(hint(429).find("limit") != std::string::npos);
  CHECK(hint(503).find("down") != std::string::npos);
}
