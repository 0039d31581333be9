// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Exports that nobody answers, and how their cause is found.
#include "probe/diagnosing_exporter.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "otlp/exporter.hpp"
#include "tests/integration/probe_support.hpp"
#include "tests/support/certificates.hpp"

using namespace otelctl;
using namespace otelctl::probe;
using namespace otelctl::test;

namespace {

otlp::ExportOutcome diagnosed(const settings::OtlpFlags& flags) {
  const auto target = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(target);
  auto exporter = otlp::make_exporter(*target);
  REQUIRE(exporter);
  const SystemClock clock;
  otlp::ExportOutcome outcome = (*exporter)->send(Signal::traces, {}, 5s);
  Diagnosis(*target, clock).look_at(outcome, 5s);
  return outcome;
}

}  // namespace

TEST_CASE("A diagnosis names the cause at the first failure, and the attempt is not repeated") {
  const Authority authority;
  const RawServer https(good_http(), TlsWish{authority.issue()});
  const FakeGrpcServer grpc(&fine);
  const RawServer ssh([](Conversation& conversation) {
    conversation.write("SSH-2.0-OpenSSH_9.2\r\n");
    conversation.wait_until_closed();
  });
  struct Row {
    settings::OtlpFlags flags;
    const char* words;
    const char* hint;
  };
  for (const Row& row :
       {Row{flags_for("http", https.port(), "grpc"), "speaks TLS", "https://"},
        Row{flags_for("http", https.port(), "http/protobuf"), "speaks TLS", "https://"},
        Row{flags_for("https", grpc.port(), "grpc"), "does not speak TLS", "http://"},
        Row{flags_for("http", grpc.port(), "http/json"), "is a gRPC port", "--protocol grpc"},
        Row{flags_for("http", ssh.port(), "http/protobuf"), "an SSH server",
            "correct the endpoint"}}) {
    CAPTURE(row.words);
    const otlp::ExportOutcome outcome = diagnosed(row.flags);
    REQUIRE(outcome.error);
    CHECK(outcome.error->kind == ErrorKind::not_understood);
    CHECK_FALSE(outcome.retryable);
    CHECK(outcome.error->message.find(row.words) != std::string::npos);
    CHECK(outcome.error->hint.find(row.hint) != std::string::npos);
  }
}

TEST_CASE("A diagnosis lets it go on where the cause may pass, and asks nobody who answers") {
  const test::RefusedPort nobody;
  const otlp::ExportOutcome refused = diagnosed(flags_for("http", nobody.port(), "grpc"));
  CHECK(refused.retryable);
  CHECK(refused.error->kind == ErrorKind::unreachable);

  int requests = 0;
  {
    const RawServer busy([&](Conversation& conversation) {
      while (!conversation.read_request().first.empty()) {
        ++requests;
        conversation.write(http_answer(503, "text/plain", "later"));
      }
    });
    CHECK(diagnosed(flags_for("http", busy.port(), "http/protobuf")).retryable);
  }
  CHECK(requests == 1);
}
