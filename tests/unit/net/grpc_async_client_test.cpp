// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_async_client.hpp"

#include <map>
#include <mutex>
#include <string>

#include <doctest/doctest.h>

#include "tests/support/fake_grpc_server.hpp"

using namespace otelctl;
using namespace otelctl::net;
using otelctl::test::FakeGrpcServer;
using otelctl::test::GrpcCall;
using otelctl::test::GrpcReply;

namespace {

constexpr std::chrono::seconds k_long = std::chrono::seconds(60);

GrpcTarget target_of(std::uint16_t port) {
  return {*parse_url("http://127.0.0.1:" + std::to_string(port)), {}, "", "otelctl/test"};
}

}  // namespace

TEST_CASE("Calls carry method, metadata and body, and each gets its own answer") {
  std::mutex mutex;
  std::map<std::string, GrpcCall> calls;
  const FakeGrpcServer server([&](const GrpcCall& call) {
    const std::lock_guard lock(mutex);
    calls[call.body] = call;
    return GrpcReply{0, "", "", "to " + call.body, true};
  });
  GrpcAsyncClient client(target_of(server.port()),
                         {.metadata = {{"authorization", "Bearer x"}}, .gzip = true});
  constexpr std::uint64_t k_first = 0x1'0000'0000U;
  for (std::uint64_t number = 0; number < 20; ++number) {
    CHECK_FALSE(client.start(k_first + number, number % 2 == 0 ? "/a.B/Even" : "/a.B/Odd",
                             hold(std::to_string(number)), k_long));
  }
  for (int count = 0; count < 20; ++count) {
    const auto ended = client.wait(k_long);
    REQUIRE(ended);
    CHECK(ended->answer.code == 0);
    CHECK(ended->answer.body == "to " + std::to_string(ended->tag - k_first));
  }
  CHECK_FALSE(client.wait(nanoseconds::zero()));
  const std::lock_guard lock(mutex);
  CHECK(calls.size() == 20);
  CHECK(calls["6"].method == "/a.B/Even");
  CHECK(calls["7"].method == "/a.B/Odd");
  CHECK(calls["7"].metadata["authorization"] == "Bearer x");
  CHECK(calls["7"].metadata["user-agent"].starts_with("otelctl/test "));
}

TEST_CASE("An answer has its limit, and a server's status comes whole") {
  const FakeGrpcServer server([&](const GrpcCall& call) {
    return call.body == "large" ? GrpcReply{0, "", "", std::string(200'000, 'z'), true}
                                : GrpcReply{14, "try later", "details", ""};
  });
  GrpcAsyncClient client(target_of(server.port()), {.max_response_bytes = 1000});
  CHECK_FALSE(client.start(1, "/a.B/C", hold("large"), k_long));
  const auto large = client.wait(k_long);
  REQUIRE(large);
  REQUIRE(large->answer.failure);
  CHECK(large->answer.failure->kind == ErrorKind::not_understood);
  CHECK_FALSE(client.start(2, "/a.B/C", hold(""), k_long));
  const auto status = client.wait(k_long);
  REQUIRE(status);
  CHECK(status->answer.code == 14);
  CHECK(status->answer.message == "try later");
  CHECK_FALSE(status->answer.failure);
}

TEST_CASE("Metadata that is not legal is told where a call would begin") {
  const FakeGrpcServer server([](const GrpcCall&) { return GrpcReply{}; });
  GrpcAsyncClient client(target_of(server.port()), {.metadata = {{"Upper", "x"}}});
  const auto answer = client.start(1, "/a.B/C", hold(""), k_long);
  REQUIRE(answer);
  REQUIRE(answer->failure);
  CHECK(answer->failure->kind == ErrorKind::settings);
  CHECK_FALSE(client.wait(nanoseconds::zero()));
}
