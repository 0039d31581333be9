// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What is waited for, and what is not.
#include <algorithm>
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/integration/probe_support.hpp"
#include "tests/support/certificates.hpp"

using namespace otelctl;
using namespace otelctl::probe;
using namespace otelctl::test;

namespace {

// Waits for ever, but for what `pause` says instead of waiting.
ProbeReport wait_for(const settings::OtlpFlags& flags, std::vector<std::string>& told,
                     const std::function<bool()>& pause) {
  const auto target = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(target);
  SeededRandom random(1);
  const SystemClock clock;
  Patience patience;
  patience.time = 24h;
  patience.pause = [&](nanoseconds) { return pause(); };
  patience.tell = [&](const Error& cause) { told.push_back(cause.message); };
  return wait_until_ready({*target}, {}, patience, {clock, random});
}

}  // namespace

TEST_CASE("Only what may pass by itself is waited for, and what is waited for is said") {
  struct Row {
    int status;
    bool heals;
  };
  for (const Row& row : {Row{429, true}, Row{500, true}, Row{503, true}, Row{408, true},
                         Row{401, false}, Row{404, false}, Row{302, false}}) {
    CAPTURE(row.status);
    std::atomic<bool> is_up = false;
    const RawServer server([&](Conversation& conversation) {
      while (!conversation.read_request().first.empty()) {
        conversation.write(is_up ? http_answer(200, "application/x-protobuf", "")
                                 : http_answer(row.status, "text/plain", "not yet"));
      }
    });
    std::vector<std::string> told;
    const ProbeReport report =
        wait_for(flags_for("http", server.port(), "http/protobuf"), told, [&] {
          is_up = true;
          return true;
        });
    CHECK(report.ok() == row.heals);
    CHECK(report.attempts == (row.heals ? 2 : 1));
    CHECK(told.size() == (row.heals ? 1 : 0));
    if (row.heals) {
      CHECK(told.front().find(std::to_string(row.status)) != std::string::npos);
    }
  }
}

TEST_CASE("A refused port and an unknown name are waited for until nobody wants to wait any more") {
  const test::RefusedPort nobody;
  settings::OtlpFlags unknown;
  unknown.endpoint = "http://collector.invalid:4317";
  for (const settings::OtlpFlags& flags : {flags_for("http", nobody.port(), "grpc"), unknown}) {
    std::vector<std::string> told;
    int pauses = 0;
    const ProbeReport report = wait_for(flags, told, [&] { return ++pauses < 3; });
    CHECK(report.attempts == 3);
    CHECK(report.may_heal);
    // The same cause is told once; a bad name server may have several.
    CHECK_FALSE(told.empty());
    CHECK(std::adjacent_find(told.begin(), told.end()) == told.end());
  }
}

TEST_CASE("A certificate that is not trusted is not waited for") {
  const Authority authority;
  const FakeGrpcServer server(&fine, TlsWish{authority.issue(), "", "h2"});
  std::vector<std::string> told;
  const ProbeReport report = wait_for(flags_for("https", server.port(), "grpc"), told, [] {
    FAIL("waited");
    return false;
  });
  CHECK_FALSE(report.may_heal);
  CHECK(told.empty());
}
