// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Exports that nobody answers, and how their cause is found.
#include "probe/diagnosis.hpp"

#include <string>

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

namespace {

settings::OtlpSettings target_of(const settings::OtlpFlags& flags) {
  const auto target = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(target);
  return *target;
}

otlp::ExportOutcome unanswered() {
  return {.error = Error{ErrorKind::unreachable, "closed the connection"}, .retryable = true};
}

otlp::ExportOutcome answered() {
  return {.error = Error{ErrorKind::unreachable, "busy"}, .retryable = true, .answered = true};
}

}  // namespace

TEST_CASE("A cause that lasts is that of all attempts without an answer, until there is one") {
  const FakeGrpcServer grpc(&fine);
  const SystemClock clock;
  Diagnosis diagnosis(target_of(flags_for("http", grpc.port(), "http/protobuf")), clock);
  for (int attempt = 0; attempt < 3; ++attempt) {
    otlp::ExportOutcome outcome = unanswered();
    diagnosis.look_at(outcome, 5s);
    CHECK(outcome.error->kind == ErrorKind::not_understood);
    CHECK_FALSE(outcome.retryable);
  }
  otlp::ExportOutcome answer = answered();
  diagnosis.look_at(answer, 5s);
  CHECK(answer.error->message == "busy");
  otlp::ExportOutcome later = unanswered();
  diagnosis.look_at(later, 5s);
  CHECK(later.error->message == "closed the connection");
  CHECK(later.retryable);
}

TEST_CASE("Where a server has answered, nobody looks for the cause of a later silence") {
  const test::RefusedPort nobody;
  const SystemClock clock;
  const auto target = target_of(flags_for("http", nobody.port(), "grpc"));
  Diagnosis fresh(target, clock);
  otlp::ExportOutcome first = unanswered();
  fresh.look_at(first, 5s);
  CHECK(first.error->message.find("refused") != std::string::npos);
  CHECK(first.retryable);

  Diagnosis experienced(target, clock);
  otlp::ExportOutcome answer = answered();
  experienced.look_at(answer, 5s);
  otlp::ExportOutcome later = unanswered();
  experienced.look_at(later, 5s);
  CHECK(later.error->message == "closed the connection");
}

TEST_CASE("Where no time is left nobody looks, and the attempt's own words stay") {
  const auto target =
      settings::resolve_otlp(flags_for("http", 1, "http/protobuf"), Environment(), Signal::traces);
  REQUIRE(target);
  const SystemClock clock;
  Diagnosis diagnosis(*target, clock);
  otlp::ExportOutcome outcome{.error = Error{ErrorKind::unreachable, "own words", "own hint"}};
  outcome.retryable = true;
  for (const nanoseconds left : {nanoseconds(-5ms), nanoseconds(0), nanoseconds(1ms)}) {
    diagnosis.look_at(outcome, left);
    CHECK(outcome.error->message == "own words");
  }
  // It still looks when there is time.
  diagnosis.look_at(outcome, 5s);
  CHECK(outcome.error->message.find("refused") != std::string::npos);
}

TEST_CASE("The cause of what is not tried again is that of all such failures") {
  const Authority authority;
  const RawServer https(good_http(), TlsWish{authority.issue()});
  const auto target = settings::resolve_otlp(flags_for("https", https.port(), "http/protobuf"),
                                             Environment(), Signal::traces);
  REQUIRE(target);
  const SystemClock clock;
  Diagnosis diagnosis(*target, clock);
  std::vector<std::string> messages;
  for (int round = 0; round < 2; ++round) {
    otlp::ExportOutcome outcome{
        .error = Error{ErrorKind::unreachable, "the certificate is not trusted", ""}};
    diagnosis.look_at(outcome, 5s);
    messages.push_back(outcome.error->message);
  }
  CHECK(messages[0].find("unknown authority") != std::string::npos);
  CHECK(messages[1] == messages[0]);
}

TEST_CASE("An answer that is not understood leaves the cause of other silences to be found") {
  const FakeGrpcServer grpc(&fine);
  const SystemClock clock;
  Diagnosis diagnosis(target_of(flags_for("http", grpc.port(), "http/protobuf")), clock);
  for (int attempt = 0; attempt < 2; ++attempt) {
    otlp::ExportOutcome strange{
        .error = Error{ErrorKind::not_understood, "the server answered 400"}, .answered = true};
    diagnosis.look_at(strange, 5s);
    CHECK(strange.error->message == "the server answered 400");
    otlp::ExportOutcome silent = unanswered();
    diagnosis.look_at(silent, 5s);
    CHECK(silent.error->kind == ErrorKind::not_understood);
    CHECK_FALSE(silent.retryable);
  }
}
