// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_client.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "base/base64.hpp"
#include "base/random.hpp"
#include "net/grpc_error.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_http2.hpp"
#include "tests/support/raw_server.hpp"

using namespace otelctl;
using namespace otelctl::net;
using otelctl::test::Conversation;
using otelctl::test::FakeGrpcServer;
using otelctl::test::GrpcCall;
using otelctl::test::GrpcReply;
using otelctl::test::RawServer;

namespace {

GrpcClient client_of(std::uint16_t port) {
  return GrpcClient(
      {*parse_url("http://127.0.0.1:" + std::to_string(port)), {}, "", "otelctl/test"});
}

GrpcRequest request_of(std::string_view body = "payload") {
  GrpcRequest request;
  request.method = "/a.B/C";
  request.body = body;
  return request;
}

// An HTTP/2 frame by RFC 9113, 4.1.
std::string frame(char type, char flags, char stream, const std::string& payload) {
  std::string bytes;
  bytes += static_cast<char>(payload.size() >> 16);
  bytes += static_cast<char>(payload.size() >> 8);
  bytes += static_cast<char>(payload.size());
  bytes += type;
  bytes += flags;
  bytes += std::string("\0\0\0", 3);
  bytes += stream;
  return bytes + payload;
}

}  // namespace

TEST_CASE("A call carries method, body, metadata and user agent, and brings back the answer") {
  std::mutex mutex;
  GrpcCall seen;
  const FakeGrpcServer server([&](const GrpcCall& call) {
    const std::lock_guard lock(mutex);
    seen = call;
    return GrpcReply{0, "", "", "answer", false};
  });
  GrpcClient client = client_of(server.port());
  GrpcRequest request = request_of();
  request.metadata = {{"authorization", "Bearer x"}, {"x-bytes-bin", std::string("\0\xff", 2)}};
  const auto answer = client.call(request);
  CHECK(answer.code == 0);
  CHECK_FALSE(answer.failure);
  CHECK(answer.body == "answer");
  const std::lock_guard lock(mutex);
  CHECK(seen.method == "/a.B/C");
  CHECK(seen.body == "payload");
  CHECK(seen.metadata["authorization"] == "Bearer x");
  CHECK(seen.metadata["x-bytes-bin"] == std::string("\0\xff", 2));
  CHECK(seen.metadata["user-agent"].starts_with("otelctl/test "));
}

TEST_CASE("What gRPC says of a refused client certificate leads to it") {
  const auto error = explain_grpc_failure(
      {14,
       "failed to connect to all addresses; last error: UNAVAILABLE: ipv4:127.0.0.1:4317: Endpoint "
       "read failed",
       "localhost:4317", true});
  REQUIRE(error);
  CHECK(error->kind == ErrorKind::unreachable);
  CHECK(error->hint.find("client certificate") != std::string::npos);
}

TEST_CASE("Compression works in both directions, and an answer has its limit") {
  const std::string large(200'000, 'z');
  const FakeGrpcServer server([&](const GrpcCall& call) {
    return GrpcReply{0, "", "", call.body + large, true};
  });
  GrpcClient client = client_of(server.port());
  GrpcRequest request = request_of(large);
  request.gzip = true;
  CHECK(client.call(request).body == large + large);
  request.max_response_bytes = 1000;
  const auto limited = client.call(request);
  REQUIRE(limited.failure);
  CHECK(limited.failure->kind == ErrorKind::not_understood);
}

TEST_CASE("The messages of a stream come in their order, packed or not, and then the status") {
  for (const bool gzip : {false, true}) {
    const std::string large(3'000'000, 'z');
    const FakeGrpcServer server([&](const GrpcCall& call) {
      return GrpcReply{0, "", "", "", gzip, std::vector<std::string>{call.body, "", large, "end"}};
    });
    GrpcClient client = client_of(server.port());
    std::string received;
    const auto answer = client.stream(request_of(), [&](std::string_view bytes) {
      received += bytes;
      return true;
    });
    CHECK(answer.code == 0);
    CHECK_FALSE(answer.failure);
    CHECK(received == "payload" + large + "end");
  }
}

TEST_CASE("A stream's status after its messages is the answer's") {
  const FakeGrpcServer server([](const GrpcCall&) {
    return GrpcReply{12, "unknown method", "", "", false, std::vector<std::string>{"a"}};
  });
  std::string received;
  const auto answer = client_of(server.port()).stream(request_of(), [&](std::string_view bytes) {
    received += bytes;
    return true;
  });
  CHECK(received == "a");
  CHECK(answer.code == 12);
  CHECK(answer.message == "unknown method");
  CHECK_FALSE(answer.failure);
}

TEST_CASE("A stream is broken off where its receiver wants no more, and at its limit") {
  const std::string part(100'000, 'z');
  const FakeGrpcServer server([&](const GrpcCall&) {
    return GrpcReply{0, "", "", "", false, std::vector<std::string>(50, part)};
  });
  GrpcClient client = client_of(server.port());
  const auto unwanted = client.stream(request_of(), [](std::string_view) { return false; });
  CHECK(unwanted.code == 1);
  CHECK_FALSE(unwanted.failure);
  GrpcRequest request = request_of();
  request.max_response_bytes = 1 << 20;
  const auto limited = client.stream(request, [](std::string_view) { return true; });
  REQUIRE(limited.failure);
  CHECK(limited.failure->kind == ErrorKind::not_understood);
  CHECK(limited.failure->message == "the answer is larger than 1MiB");
}

TEST_CASE("A message larger than the channel takes is named with its limit") {
  const std::string large(3'000'000, 'z');
  const FakeGrpcServer server([&](const GrpcCall&) {
    return GrpcReply{0, "", "", "", false, std::vector<std::string>{large}};
  });
  GrpcTarget target{*parse_url("http://127.0.0.1:" + std::to_string(server.port())), {}, "", ""};
  target.max_message_bytes = 1 << 20;
  const auto answer =
      GrpcClient(target).stream(request_of(), [](std::string_view) { return true; });
  REQUIRE(answer.failure);
  CHECK(answer.failure->message == "the answer is larger than 1MiB");
}

TEST_CASE("A server's status comes whole and is no failure of the call") {
  const FakeGrpcServer server([](const GrpcCall&) {
    return GrpcReply{14, "try later", std::string("\x08\x0e\x12\x00", 4), "", false};
  });
  const auto answer = client_of(server.port()).call(request_of());
  CHECK(answer.code == 14);
  CHECK(answer.message == "try later");
  CHECK(answer.details == std::string("\x08\x0e\x12\x00", 4));
  CHECK_FALSE(answer.failure);
}

TEST_CASE("Metadata that gRPC would abort on is a failure") {
  const FakeGrpcServer server([](const GrpcCall&) { return GrpcReply{}; });
  GrpcClient client = client_of(server.port());
  for (const Header& header :
       std::vector<Header>{{"Authorization", "x"}, {"a", "b\nc"}, {"a", "\xc3\xa4"}, {"", "x"}}) {
    CAPTURE(header.name);
    GrpcRequest request = request_of();
    request.metadata = {header};
    const auto answer = client.call(request);
    REQUIRE(answer.failure);
    CHECK(answer.failure->kind == ErrorKind::settings);
  }
}

TEST_CASE("Many threads share one client") {
  const FakeGrpcServer server([](const GrpcCall& call) {
    return GrpcReply{0, "", "", call.body, false};
  });
  GrpcClient client = client_of(server.port());
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const std::string body = std::to_string(i);
      for (int j = 0; j < 20; ++j) {
        good += client.call(request_of(body)).body == body ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(good == 160);
}

TEST_CASE("After its server went away a client finds the next one on that port") {
  auto first = std::make_unique<FakeGrpcServer>([](const GrpcCall&) { return GrpcReply{}; });
  GrpcClient client = client_of(first->port());
  CHECK_FALSE(client.call(request_of()).failure);
  first.reset();
  const auto gone = client.call(request_of());
  REQUIRE(gone.failure);
  CHECK(gone.failure->kind == ErrorKind::unreachable);
  const auto still_gone = client.call(request_of());
  REQUIRE(still_gone.failure);
  CHECK(still_gone.failure->message.find("refused") != std::string::npos);
}

TEST_CASE("What is no gRPC server is told by kind and words") {
  const std::string preface = frame(4, 0, 0, "");
  struct Row {
    std::string what;
    RawServer::Handler handler;
    ErrorKind kind;
    const char* words;
  };
  const auto after_preface = [&](const std::string& frames) {
    return [preface, frames](Conversation& conversation) {
      conversation.write(preface);
      // Frames for a stream that the client has not opened yet would be dropped.
      std::string seen;
      for (std::string part = conversation.read();
           !part.empty() && (seen += part).find("payload") == std::string::npos;
           part = conversation.read()) {
      }
      conversation.write(frames);
      conversation.wait_until_closed();
    };
  };
  const std::vector<Row> rows{
      {"HTTP/1.1", test::always(test::http_answer(404, "text/plain", "no")),
       ErrorKind::not_understood, "speaks HTTP/1.1, not gRPC"},
      {"HTTP/1.1 with 200", test::always(test::http_answer(200, "text/html", "<html>")),
       ErrorKind::not_understood, "speaks HTTP/1.1, not gRPC"},
      {"a banner",
       [](Conversation& conversation) {
         conversation.write("SSH-2.0-OpenSSH_9.2\r\n");
         conversation.wait_until_closed();
       },
       ErrorKind::not_understood, "other than gRPC"},
      {"closes", [](Conversation& conversation) { conversation.read(); }, ErrorKind::unreachable,
       "the connection without an answer"},
      {"GOAWAY", after_preface(frame(7, 0, 0, std::string(8, '\0'))), ErrorKind::unreachable,
       "connection"},
      // Trailers without grpc-status on 200: with its retries gRPC 1.51 aborts here.
      {"no grpc-status",
       after_preface(frame(1, 4, 1, std::string("\x88\x5f\x10") + "application/grpc") +
                     frame(1, 5, 1, std::string("\0\1a\1b", 5))),
       ErrorKind::not_understood, "does not answer as a gRPC server"},
      {"status 503 over HTTP/2", after_preface(frame(1, 5, 1, std::string("\x48\x03") + "503")),
       ErrorKind::unreachable, "503"},
      {"status 401 over HTTP/2", after_preface(frame(1, 5, 1, std::string("\x48\x03") + "401")),
       ErrorKind::refused, "401"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const RawServer server(row.handler);
    const auto answer = client_of(server.port()).call(request_of());
    CAPTURE(answer.message);
    REQUIRE(answer.failure);
    CAPTURE(answer.failure->message);
    CHECK(answer.failure->kind == row.kind);
    CHECK(answer.failure->message.find(row.words) != std::string::npos);
    CHECK_FALSE(answer.failure->hint.empty());
  }
}

TEST_CASE("A silent port is left when the time is over") {
  const RawServer server([](Conversation& conversation) { conversation.wait_until_closed(); });
  GrpcRequest request = request_of();
  request.timeout = std::chrono::milliseconds(200);
  const auto answer = client_of(server.port()).call(request);
  REQUIRE(answer.failure);
  CHECK(answer.failure->kind == ErrorKind::unreachable);
}

TEST_CASE("No reply, however broken, ends the process") {
  const std::string good = frame(4, 0, 0, "") + frame(4, 1, 0, "") +
                           frame(1, 4, 1, std::string("\x88\x5f\x10") + "application/grpc") +
                           frame(0, 0, 1, std::string("\0\0\0\0\2ok", 7)) +
                           frame(1, 5, 1, std::string("\x40\x0bgrpc-status\x01") + "0");
  SeededRandom random(20260820);
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    std::string bytes = good;
    for (std::uint64_t i = random.next() % 4; i-- > 0;) {
      bytes[random.next() % bytes.size()] = static_cast<char>(random.next());
    }
    bytes.resize(bytes.size() - random.next() % 3 * (random.next() % bytes.size()) / 3);
    const RawServer server([&](Conversation& conversation) {
      conversation.write(bytes);
      conversation.wait_until_closed();
    });
    GrpcRequest request = request_of();
    request.timeout = std::chrono::milliseconds(100);
    const auto answer = client_of(server.port()).call(request);
    // Whatever came of it: an answer is a success or has a cause.
    CHECK((answer.code == 0) == (!answer.failure && answer.message.empty()));
  }
}

TEST_CASE("One address means one connection") {
  const RawServer server(test::always(test::http_answer(404, "", "")));
  CHECK(client_of(server.port()).call(request_of()).failure);
  CHECK(server.accepted() == 1);
}

TEST_CASE("A server that stops reading is left although more waits to be sent") {
  test::LateReader reader;
  const RawServer server(reader.handler());
  // More than the sockets take.
  const std::string bytes(16'000'000, 'a');
  GrpcRequest request = request_of(bytes);
  request.timeout = std::chrono::milliseconds(300);
  const auto answer = client_of(server.port()).call(request);
  REQUIRE(answer.failure);
  CHECK(answer.failure->kind == ErrorKind::unreachable);
}

TEST_CASE("A proxy is asked for the way when one is given, and its refusal is told") {
  std::string asked;
  {
    const RawServer proxy([&](Conversation& conversation) {
      asked = conversation.read_request().first;
      conversation.write("HTTP/1.1 407 Who are you\r\n\r\n");
      conversation.wait_until_closed();
    });
    GrpcClient client({*parse_url("http://collector.invalid:4317"),
                       {},
                       "http://me:y%40u@127.0.0.1:" + std::to_string(proxy.port()),
                       "test"});
    const auto answer = client.call(request_of());
    CAPTURE(answer.code);
    CAPTURE(answer.message);
    REQUIRE(answer.failure);
    CHECK(answer.failure->kind == ErrorKind::refused);
    CHECK(answer.failure->message.find("proxy") != std::string::npos);
  }
  CHECK(asked.starts_with("CONNECT collector.invalid:4317 HTTP/1."));
  CHECK(asked.find("Basic " + encode_base64("me:y@u")) != std::string::npos);
}

TEST_CASE("Codes outside of the enumeration have a name too") {
  CHECK(grpc_code_name(0) == "OK");
  CHECK(grpc_code_name(16) == "UNAUTHENTICATED");
  CHECK(grpc_code_name(17) == "CODE_17");
  CHECK(grpc_code_name(-1) == "CODE_-1");
}
