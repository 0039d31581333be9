// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/http_async_client.hpp"

#include <atomic>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "net/gzip.hpp"
#include "tests/support/raw_server.hpp"

using namespace otelctl;
using namespace otelctl::net;
using otelctl::test::Conversation;
using otelctl::test::RawServer;

namespace {

constexpr std::chrono::seconds k_long = std::chrono::seconds(60);

HttpRequest post_to(const RawServer& server) {
  HttpRequest request;
  request.method = "POST";
  request.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/v1/traces";
  request.headers = {{"X-Key", "abc"}};
  return request;
}

HttpAsyncClient::Ended end_of(HttpAsyncClient& client, std::string body) {
  REQUIRE(client.start(1, hold(std::move(body)), k_long));
  auto ended = client.wait(k_long);
  REQUIRE(ended);
  return std::move(*ended);
}

}  // namespace

TEST_CASE("A request carries headers and body, and its end bears its tag") {
  std::string head;
  std::string body;
  {
    const RawServer server([&](Conversation& conversation) {
      std::tie(head, body) = conversation.read_request();
      conversation.write(test::http_answer(200, "text/plain", "answer"));
    });
    HttpAsyncClient client(post_to(server));
    constexpr std::uint64_t k_tag = 0x1'0000'0007U;
    REQUIRE(client.start(k_tag, hold("payload"), k_long));
    const auto ended = client.wait(k_long);
    REQUIRE(ended);
    CHECK(ended->tag == k_tag);
    REQUIRE(ended->response);
    CHECK(ended->response->status == 200);
    CHECK(ended->response->body == "answer");
    CHECK_FALSE(client.wait(nanoseconds::zero()));
  }
  CHECK(head.starts_with("POST /v1/traces HTTP/1.1\r\n"));
  CHECK(head.find("X-Key: abc\r\n") != std::string::npos);
  CHECK(body == "payload");
}

TEST_CASE("Connections are kept, and there are as many as requests were under way") {
  const RawServer server(test::always(test::http_answer(200, "text/plain", "answer")));
  HttpAsyncClient client(post_to(server));
  for (int round = 0; round < 20; ++round) {
    CHECK(end_of(client, std::string(100'000, 'x')).response);
  }
  CHECK(server.accepted() == 1);
  std::set<std::uint64_t> open{1, 2, 3};
  for (const std::uint64_t tag : open) {
    REQUIRE(client.start(tag, hold(""), k_long));
  }
  while (!open.empty()) {
    const auto ended = client.wait(k_long);
    REQUIRE(ended);
    CHECK(open.erase(ended->tag) == 1);
    CHECK(ended->response);
  }
  CHECK(server.accepted() <= 3);
}

TEST_CASE("A body is sent once, also when a connection that was kept ends in place of an answer") {
  std::atomic<int> requests = 0;
  const RawServer server([&](Conversation& conversation) {
    requests += conversation.read_request().first.empty() ? 0 : 1;
    conversation.write(test::http_answer(200, "", ""));
    requests += conversation.read_request().first.empty() ? 0 : 1;
  });
  HttpAsyncClient client(post_to(server));
  CHECK(end_of(client, "spans").response);
  const auto ended = end_of(client, "spans");
  REQUIRE_FALSE(ended.response);
  CHECK(ended.response.error().kind == ErrorKind::unreachable);
  CHECK_FALSE(ended.failed_for_good);
  CHECK(requests == 2);
  CHECK(end_of(client, "spans").response);
  CHECK(requests == 3);
}

TEST_CASE("What one request has met is not of the next") {
  std::atomic<int> requests = 0;
  const RawServer server([&](Conversation& conversation) {
    while (!conversation.read_request().first.empty()) {
      conversation.write(++requests == 1 ? test::http_answer(200, "", std::string(5'000'000, 'x'))
                                         : test::http_answer(503, "text/plain", "later"));
    }
  });
  HttpAsyncClient client(post_to(server));
  const auto first = end_of(client, "");
  REQUIRE_FALSE(first.response);
  CHECK(first.response.error().message == "the answer is larger than 4MiB");
  const auto second = end_of(client, "");
  REQUIRE(second.response);
  CHECK(second.response->status == 503);
  CHECK(second.response->body == "later");
}

TEST_CASE("An answer that is packed is unpacked") {
  const RawServer server(test::always(
      test::http_answer(200, "text/plain", gzip("plain"), "Content-Encoding: gzip\r\n")));
  HttpAsyncClient client(post_to(server));
  const auto ended = end_of(client, "");
  REQUIRE(ended.response);
  CHECK(ended.response->body == "plain");
}

TEST_CASE("What is no URL or no header is told where a request would begin") {
  HttpRequest request;
  request.url = "http//nowhere";
  CHECK_FALSE(HttpAsyncClient(request).start(1, hold(""), k_long));
  request.url = "http://127.0.0.1:1";
  request.headers = {{"X-A", "b\r\nX-C: d"}};
  const auto begun = HttpAsyncClient(request).start(1, hold(""), k_long);
  REQUIRE_FALSE(begun);
  CHECK(begun.error().kind == ErrorKind::settings);
}
