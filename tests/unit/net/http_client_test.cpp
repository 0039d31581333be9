// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/http_client.hpp"

#include <atomic>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "net/gzip.hpp"
#include "tests/support/raw_server.hpp"

using namespace otelctl;
using namespace otelctl::net;
using otelctl::test::always;
using otelctl::test::Conversation;
using otelctl::test::http_answer;
using otelctl::test::RawServer;

namespace {

std::string url_of(const RawServer& server, const char* path = "/") {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

HttpRequest get(const std::string& url) {
  HttpRequest request;
  request.url = url;
  return request;
}

}  // namespace

TEST_CASE("An answer comes with status, headers and body, and the connection is kept") {
  const RawServer server(always(http_answer(404, "Text/Plain; charset=utf-8", "no", "X-A: b\r\n")));
  HttpClient client;
  for (int i = 0; i < 3; ++i) {
    const auto response = client.send(get(url_of(server)));
    REQUIRE(response);
    CHECK(response->status == 404);
    CHECK_FALSE(response->is_success());
    CHECK(response->content_type() == "text/plain");
    CHECK(response->header("x-a") == "b");
    CHECK(response->body == "no");
  }
  CHECK(server.accepted() == 1);
}

TEST_CASE("A POST carries its body and headers, and never waits for 100 Continue") {
  std::string head;
  std::string body;
  {
    const RawServer server([&](Conversation& conversation) {
      std::tie(head, body) = conversation.read_request();
      conversation.write(http_answer(200, "", ""));
    });
    const std::string sent(2'000'000, 'x');
    HttpRequest request = get(url_of(server, "/v1/traces"));
    request.method = "POST";
    request.body = sent;
    request.headers = {{"Content-Type", "application/x-protobuf"}, {"X-Empty", ""}};
    REQUIRE(HttpClient().send(request));
  }
  CHECK(head.starts_with("POST /v1/traces HTTP/1.1\r\n"));
  CHECK(head.find("Content-Type: application/x-protobuf\r\n") != std::string::npos);
  CHECK(head.find("X-Empty:\r\n") != std::string::npos);
  CHECK(head.find("Expect") == std::string::npos);
  CHECK(body.size() == 2'000'000);
}

TEST_CASE("Redirects are results and are not followed") {
  const RawServer server(always(http_answer(301, "", "", "Location: http://127.0.0.1:1/\r\n")));
  const auto response = HttpClient().send(get(url_of(server)));
  REQUIRE(response);
  CHECK(response->status == 301);
}

TEST_CASE("A body is unpacked, within the limit") {
  const std::string packed = gzip(std::string(1'000'000, 'a'));
  const RawServer server(always(http_answer(200, "", packed, "Content-Encoding: gzip\r\n")));
  HttpRequest request = get(url_of(server));
  HttpClient client;
  REQUIRE(client.send(request));
  CHECK(client.send(request)->body.size() == 1'000'000);
  request.max_response_bytes = 999'999;
  const auto limited = client.send(request);
  REQUIRE_FALSE(limited);
  CHECK(limited.error().kind == ErrorKind::not_understood);
  CHECK(limited.error().message.find("larger") != std::string::npos);
}

TEST_CASE("Headers that are too large are told from those that never end") {
  const RawServer server([](Conversation& conversation) {
    conversation.read_request();
    std::string answer = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 5000; ++i) {
      answer += "X-Header-" + std::to_string(i) + ": " + std::string(50, 'x') + "\r\n";
    }
    conversation.write(answer);
    conversation.wait_until_closed();
  });
  const auto response = HttpClient().send(get(url_of(server)));
  REQUIRE_FALSE(response);
  CHECK(response.error().message == "the answer's headers never end");
  CHECK(response.error().kind == ErrorKind::unreachable);

  const RawServer large(
      always(http_answer(200, "", "", "X-Large: " + std::string(70'000, 'x') + "\r\n")));
  const auto refused = HttpClient().send(get(url_of(large)));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "the answer's headers are larger than 64KiB");
  CHECK(refused.error().kind == ErrorKind::not_understood);

  // What is too large with an interim answer does not spoil the next.
  const RawServer interim([](Conversation& conversation) {
    conversation.read_request();
    conversation.write("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + http_answer(204, "", ""));
    conversation.wait_until_closed();
  });
  const auto hinted = HttpClient().send(get(url_of(interim)));
  REQUIRE(hinted);
  CHECK(hinted->status == 204);
}

TEST_CASE("A good body is streamed and the receiver can end it") {
  const std::string body(500'000, 'b');
  const RawServer server(always(http_answer(200, "", body)));
  std::size_t got = 0;
  HttpClient client;
  auto all = client.stream(get(url_of(server)), [&](std::string_view part) {
    got += part.size();
    return true;
  });
  REQUIRE(all);
  CHECK(got == body.size());
  CHECK(all->body.empty());

  int calls = 0;
  const auto some = client.stream(get(url_of(server)), [&](std::string_view) {
    ++calls;
    return false;
  });
  REQUIRE(some);
  CHECK(some->status == 200);
  CHECK(calls == 1);
}

TEST_CASE("The body of an error is collected where a good one would be streamed") {
  const RawServer server(always(http_answer(500, "text/plain", "broken")));
  bool called = false;
  const auto response = HttpClient().stream(get(url_of(server)), [&](std::string_view) {
    called = true;
    return true;
  });
  REQUIRE(response);
  CHECK(response->body == "broken");
  CHECK_FALSE(called);
}

TEST_CASE("An exception of the receiver arrives at the caller") {
  const RawServer server(always(http_answer(200, "", "x")));
  HttpClient client;
  CHECK_THROWS_AS(static_cast<void>(client.stream(get(url_of(server)),
                                                  [](std::string_view) -> bool { throw 7; })),
                  int);
  CHECK(client.send(get(url_of(server))));
}

TEST_CASE("Each failure has its kind and its words") {
  struct Row {
    std::string what;
    RawServer::Handler handler;
    ErrorKind kind;
    const char* words;
    const char* hint;
  };
  const std::vector<Row> rows{
      {"closes at once", [](Conversation&) {}, ErrorKind::unreachable,
       "the connection without an answer", "https://"},
      {"closes after the request", [](Conversation& conversation) { conversation.read_request(); },
       ErrorKind::unreachable, "the connection without an answer", "https://"},
      {"is a gRPC server",
       [](Conversation& conversation) {
         conversation.write(std::string("\0\0\0\4\0\0\0\0\0", 9));
         conversation.wait_until_closed();
       },
       ErrorKind::not_understood, "does not speak HTTP/1.1", "--protocol grpc"},
      {"is a mail server",
       [](Conversation& conversation) {
         conversation.write("220 mail ESMTP\r\n");
         conversation.wait_until_closed();
       },
       ErrorKind::not_understood, "does not speak HTTP", "port"},
      {"breaks off in the body",
       [](Conversation& conversation) {
         conversation.read_request();
         conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
       },
       ErrorKind::not_understood, "cut short", "log"},
      {"claims gzip and sends text",
       [](Conversation& conversation) {
         conversation.read_request();
         conversation.write(http_answer(200, "", "plain", "Content-Encoding: gzip\r\n"));
         conversation.wait_until_closed();
       },
       ErrorKind::not_understood, "gzip", "proxy"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const RawServer server(row.handler);
    const auto response = HttpClient().send(get(url_of(server)));
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == row.kind);
    CAPTURE(response.error().message);
    CHECK(response.error().message.find(row.words) != std::string::npos);
    CHECK(response.error().hint.find(row.hint) != std::string::npos);
  }
}

TEST_CASE("A silent server is left when the time is over") {
  const RawServer server([](Conversation& conversation) { conversation.wait_until_closed(); });
  HttpRequest request = get(url_of(server));
  request.timeout = std::chrono::milliseconds(50);
  const auto response = HttpClient().send(request);
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::unreachable);
  CHECK(response.error().message.find("within 50ms") != std::string::npos);
}

TEST_CASE("A server that falls silent on a connection that was kept was there") {
  const RawServer server([](Conversation& conversation) {
    conversation.read_request();
    conversation.write(http_answer(200, "", ""));
    conversation.wait_until_closed();
  });
  HttpClient client;
  HttpRequest request = get(url_of(server));
  REQUIRE(client.send(request));
  request.timeout = std::chrono::milliseconds(50);
  const auto response = client.send(request);
  REQUIRE_FALSE(response);
  CHECK(server.accepted() == 1);
  CHECK(response.error().message.find("gave no answer within 50ms") != std::string::npos);
}

TEST_CASE("A body is sent once, also when a connection that was kept ends in place of an answer") {
  std::atomic<int> requests = 0;
  const RawServer server([&](Conversation& conversation) {
    requests += conversation.read_request().first.empty() ? 0 : 1;
    conversation.write(http_answer(200, "", ""));
    requests += conversation.read_request().first.empty() ? 0 : 1;
  });
  HttpClient client;
  HttpRequest request = get(url_of(server));
  request.method = "POST";
  request.body = "spans";
  REQUIRE(client.send(request));
  const auto response = client.send(request);
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::unreachable);
  CHECK(response.error().message.find("closed the connection without an answer") !=
        std::string::npos);
  CHECK(requests == 2);
}

TEST_CASE("A refused connection and an unknown name say so") {
  const test::RefusedPort refused;
  const auto response =
      HttpClient().send(get("http://127.0.0.1:" + std::to_string(refused.port())));
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::unreachable);
  CHECK(response.error().message.find("refused") != std::string::npos);
  const auto unknown = HttpClient().send(get("http://name.invalid:4318/"));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().kind == ErrorKind::unreachable);
  CHECK(unknown.error().message.find("name.invalid") != std::string::npos);
}

TEST_CASE("A header that would begin another line is refused before anything is sent") {
  const RawServer server(always(http_answer(200, "", "")));
  for (const Header& header :
       std::vector<Header>{{"X-A", "b\r\nX-C: d"}, {"X-A\r\n", "b"}, {"", "b"}}) {
    HttpRequest request = get(url_of(server));
    request.headers = {header};
    const auto response = HttpClient().send(request);
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::settings);
  }
  CHECK(server.accepted() == 0);
}

TEST_CASE("A proxy gets the request when one is given, and only then") {
  std::string head;
  {
    const RawServer proxy([&](Conversation& conversation) {
      head = conversation.read_request().first;
      conversation.write(http_answer(200, "", ""));
    });
    HttpRequest request = get("http://collector.invalid:4318/v1/traces");
    request.proxy = url_of(proxy, "");
    REQUIRE(HttpClient().send(request));
  }
  CHECK(head.starts_with("GET http://collector.invalid:4318/v1/traces HTTP/1.1\r\n"));
}
