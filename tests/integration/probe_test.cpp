// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What test-connection says of servers that are right, wrong, and of another kind.
#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "probe/diagnosing_exporter.hpp"
#include "probe/run_probe.hpp"
#include "settings/otlp_settings.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace otelctl;
using namespace otelctl::probe;
using namespace std::chrono_literals;
using otelctl::test::Authority;
using otelctl::test::CertificateWish;
using otelctl::test::Conversation;
using otelctl::test::FakeGrpcServer;
using otelctl::test::GrpcCall;
using otelctl::test::GrpcReply;
using otelctl::test::http_answer;
using otelctl::test::RawServer;
using otelctl::test::TlsWish;

namespace {

settings::OtlpFlags flags_for(const std::string& scheme, std::uint16_t port,
                              const std::string& protocol) {
  settings::OtlpFlags flags;
  flags.endpoint = scheme + "://localhost:" + std::to_string(port);
  flags.protocol = protocol;
  return flags;
}

ProbeReport probe_all(const settings::OtlpFlags& flags, const std::vector<Signal>& signals,
                      bool send = true) {
  std::vector<settings::OtlpSettings> targets;
  for (const Signal signal : signals) {
    auto target = settings::resolve_otlp(flags, Environment(), signal);
    REQUIRE(target);
    targets.push_back(std::move(*target));
  }
  SeededRandom random(1);
  const SystemClock clock;
  return run_probe(targets, {send, false, targets.front().timeout}, {clock, random});
}

ProbeReport probe_with(const settings::OtlpFlags& flags, const ProbeOptions& options) {
  const auto target = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(target);
  SeededRandom random(1);
  const SystemClock clock;
  return run_probe({*target}, options, {clock, random});
}

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

ProbeReport probe_traces(const settings::OtlpFlags& flags) {
  return probe_all(flags, {Signal::traces});
}

otlp::ExportOutcome diagnosed(const settings::OtlpFlags& flags) {
  const auto target = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(target);
  auto exporter = otlp::make_exporter(*target);
  REQUIRE(exporter);
  const SystemClock clock;
  return with_diagnosis(std::move(*exporter), *target, clock)->send(Signal::traces, {}, 5s);
}

// "config:ok dns:ok tcp:fail tls:skip export:skip"
std::string ladder(const ProbeReport& report) {
  std::string text;
  for (const Stage& stage : report.stages) {
    text += (text.empty() ? "" : " ") + stage.name + ":" + std::string(name_of(stage.status));
  }
  return text;
}

const Stage& stage_of(const ProbeReport& report, const std::string& name) {
  const auto found = std::find_if(report.stages.begin(), report.stages.end(),
                                  [&](const Stage& stage) { return stage.name == name; });
  REQUIRE(found != report.stages.end());
  return *found;
}

std::string fact(const Stage& stage, const std::string& name) {
  for (const Fact& each : stage.facts) {
    if (each.name == name && std::holds_alternative<std::string>(each.value)) {
      return std::get<std::string>(each.value);
    }
  }
  return "(none)";
}

GrpcReply fine(const GrpcCall&) {
  return {};
}

RawServer::Handler good_http() {
  return test::always(http_answer(200, "application/x-protobuf", ""));
}

struct Verdict {
  ErrorKind kind;
  std::string stage;  // the one that fails
  std::string words;  // in its message
  std::string hint;   // in the hint
};

void check_verdict(const ProbeReport& report, const Verdict& verdict) {
  CAPTURE(ladder(report));
  REQUIRE(report.error);
  CAPTURE(report.error->message);
  CAPTURE(report.error->hint);
  CHECK(name_of(report.error->kind) == name_of(verdict.kind));
  CHECK(report.error->message.find(verdict.words) != std::string::npos);
  CHECK(report.error->hint.find(verdict.hint) != std::string::npos);
  CHECK_FALSE(report.error->hint.empty());
  const Stage& stage = stage_of(report, verdict.stage);
  CHECK(name_of(stage.status) == "fail");
  CHECK(stage.message == report.error->message);
  CHECK(stage.hint == report.error->hint);
}

}  // namespace

TEST_CASE("A server that takes the empty export passes every stage") {
  const FakeGrpcServer grpc(&fine);
  const ProbeReport over_grpc = probe_traces(flags_for("http", grpc.port(), "grpc"));
  CHECK(over_grpc.ok());
  CHECK(ladder(over_grpc) == "config:ok dns:ok tcp:ok tls:skip export:ok");
  CHECK(over_grpc.protocol == "grpc");
  CHECK(over_grpc.signal == "traces");
  CHECK(fact(stage_of(over_grpc, "export"), "code") == "OK");

  const RawServer http(good_http());
  for (const char* protocol : {"http/protobuf", "http/json"}) {
    CAPTURE(protocol);
    CHECK(probe_traces(flags_for("http", http.port(), protocol)).ok());
  }
}

TEST_CASE("All signals have an export of their own and share the way") {
  std::vector<std::string> paths;
  {
    const RawServer server([&](Conversation& conversation) {
      const std::string head = conversation.read_request().first;
      if (!head.empty()) {
        paths.push_back(head.substr(0, head.find(" HTTP")));
        conversation.write(http_answer(200, "application/x-protobuf", "", "Connection: close\r\n"));
      }
    });
    const ProbeReport report = probe_all(flags_for("http", server.port(), "http/protobuf"),
                                         {Signal::traces, Signal::metrics, Signal::logs});
    CHECK(report.ok());
    CHECK(report.signal == "all");
    CHECK(ladder(report) == "config:ok dns:ok tcp:ok tls:skip export:ok export:ok export:ok");
  }
  std::erase(paths, "");
  // Each is sent what is empty, and then its canary.
  CHECK(paths == std::vector<std::string>{"POST /v1/traces", "POST /v1/traces", "POST /v1/metrics",
                                          "POST /v1/metrics", "POST /v1/logs", "POST /v1/logs"});
}

TEST_CASE("Nothing is sent when that is wished") {
  const RawServer server(good_http());
  const ProbeReport report =
      probe_all(flags_for("http", server.port(), "http/protobuf"), {Signal::traces}, false);
  CHECK(report.ok());
  CHECK(ladder(report) == "config:ok dns:ok tcp:ok tls:skip export:skip");
}

TEST_CASE("What is sent is an empty request and then a canary, whose trace is named") {
  std::vector<std::string> bodies;
  std::mutex mutex;
  const FakeGrpcServer server([&](const GrpcCall& call) {
    const std::lock_guard lock(mutex);
    bodies.push_back(call.body);
    return GrpcReply{};
  });
  const ProbeReport report = probe_traces(flags_for("http", server.port(), "grpc"));
  CHECK(report.ok());
  REQUIRE(bodies.size() == 2);
  CHECK(bodies.front().empty());
  CHECK(bodies.back().find("otelctl canary") != std::string::npos);
  const auto trace = parse_hex<TraceId>(fact(stage_of(report, "export"), "trace_id"));
  REQUIRE(trace);
  CHECK(bodies.back().find(trace->view()) != std::string::npos);
}

TEST_CASE("A platform that refuses what is empty and takes the canary is warned about") {
  const RawServer http([](Conversation& conversation) {
    for (;;) {
      const auto [head, body] = conversation.read_request();
      if (head.empty()) {
        return;
      }
      conversation.write(body.empty() ? http_answer(400, "text/plain", "no data")
                                      : http_answer(200, "application/x-protobuf", ""));
    }
  });
  const FakeGrpcServer grpc([](const GrpcCall& call) {
    return call.body.empty() ? GrpcReply{3, "no data", "", "", false} : GrpcReply{};
  });
  for (const auto& [port, protocol, code] :
       {std::tuple{http.port(), "http/protobuf", "(400)"},
        std::tuple{grpc.port(), "grpc", "(INVALID_ARGUMENT)"}}) {
    CAPTURE(protocol);
    const ProbeReport report = probe_traces(flags_for("http", port, protocol));
    CHECK(report.ok());
    CHECK(report.has_warnings());
    const Stage& stage = stage_of(report, "export");
    CHECK(name_of(stage.status) == "warn");
    CHECK(stage.message.find("refuses an empty request") != std::string::npos);
    CHECK(stage.message.find(code) != std::string::npos);
    CHECK_FALSE(stage.hint.empty());
  }
}

TEST_CASE("A server that takes what is empty and not the canary does not pass") {
  const FakeGrpcServer server([](const GrpcCall& call) {
    return call.body.empty() ? GrpcReply{} : GrpcReply{7, "quota", "", "", false};
  });
  check_verdict(probe_traces(flags_for("http", server.port(), "grpc")),
                {ErrorKind::refused, "export", "PERMISSION_DENIED: quota", "rights"});
}

TEST_CASE("A clock that differs from the server's is warned about") {
  struct Row {
    const char* date;
    const char* words;
  };
  for (const Row& row : {Row{"Date: Thu, 01 Jan 2015 00:00:00 GMT\r\n", "ahead of the server's"},
                         Row{"Date: Sat, 01 Jan 2101 00:00:00 GMT\r\n", "behind the server's"}}) {
    CAPTURE(row.words);
    const RawServer server(test::always(http_answer(200, "application/x-protobuf", "", row.date)));
    const ProbeReport report = probe_traces(flags_for("http", server.port(), "http/protobuf"));
    CHECK(report.ok());
    CHECK(name_of(stage_of(report, "export").status) == "warn");
    CHECK(stage_of(report, "export").message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("What listens is said when that is wished, whether or not it is right") {
  const auto identified = [](const settings::OtlpFlags& flags) {
    const ProbeReport report = probe_with(flags, {false, true, 10s});
    const Stage& stage = stage_of(report, "identify");
    CHECK(name_of(stage.status) == "ok");
    return stage.message;
  };
  const FakeGrpcServer grpc(&fine);
  CHECK(identified(flags_for("http", grpc.port(), "grpc")).find("gRPC") != std::string::npos);
  const RawServer otlp(test::always(http_answer(
      415, "text/plain",
      "415 unsupported media type, supported: [application/json, application/x-protobuf]")));
  CHECK(identified(flags_for("http", otlp.port(), "grpc")).find("an OTLP/HTTP receiver") !=
        std::string::npos);
  const RawServer mail([](Conversation& conversation) {
    conversation.write("220 mail.example ESMTP\r\n");
    conversation.wait_until_closed();
  });
  CHECK(identified(flags_for("http", mail.port(), "grpc")).find("an SMTP server") !=
        std::string::npos);
}

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
    // The same cause is told once.
    CHECK(told.size() == 1);
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

TEST_CASE("A refused port and an unknown name are not reachable") {
  const test::RefusedPort nobody;
  const ProbeReport refused = probe_traces(flags_for("http", nobody.port(), "grpc"));
  check_verdict(refused, {ErrorKind::unreachable, "tcp", "refused", "nothing listens"});
  CHECK(ladder(refused) == "config:ok dns:ok tcp:fail tls:skip export:skip");

  settings::OtlpFlags flags;
  flags.endpoint = "http://collector.invalid:4317";
  const ProbeReport unknown = probe_traces(flags);
  check_verdict(unknown, {ErrorKind::unreachable, "dns", "collector.invalid", "compose"});
  CHECK(ladder(unknown) == "config:ok dns:fail tcp:skip tls:skip export:skip");
}

TEST_CASE("What is no OTLP server in plaintext is told from what it is") {
  struct Row {
    std::string what;
    const char* protocol;
    RawServer::Handler handler;
    Verdict verdict;
  };
  const auto banner = [](Conversation& conversation) {
    conversation.write("SSH-2.0-OpenSSH_9.2\r\n");
    conversation.wait_until_closed();
  };
  const std::vector<Row> rows{
      {"gRPC to HTTP/1.1",
       "grpc",
       test::always(http_answer(404, "text/plain", "no")),
       {ErrorKind::not_understood, "export", "speaks HTTP/1.1, not gRPC",
        "--protocol http/protobuf"}},
      {"gRPC to a web page",
       "grpc",
       test::always(http_answer(200, "text/html", "<html>")),
       {ErrorKind::not_understood, "export", "speaks HTTP/1.1, not gRPC",
        "--protocol http/protobuf"}},
      {"gRPC to SSH",
       "grpc",
       banner,
       {ErrorKind::not_understood, "export", "SSH-2.0", "another server"}},
      {"HTTP to SSH",
       "http/protobuf",
       banner,
       {ErrorKind::not_understood, "export", "SSH-2.0", "another server"}},
      {"HTTP to a web page",
       "http/protobuf",
       test::always(http_answer(200, "text/html", "<html>")),
       {ErrorKind::not_understood, "export", "web page", "4318"}},
      {"gRPC hung up",
       "grpc",
       [](Conversation&) {},
       {ErrorKind::unreachable, "export", "the connection without an answer", "log"}},
      {"HTTP hung up",
       "http/protobuf",
       [](Conversation&) {},
       {ErrorKind::unreachable, "export", "the connection without an answer", "log"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const RawServer server(row.handler);
    check_verdict(probe_traces(flags_for("http", server.port(), row.protocol)), row.verdict);
  }
}

TEST_CASE("HTTP to a gRPC port names the protocol to use") {
  const FakeGrpcServer server(&fine);
  check_verdict(probe_traces(flags_for("http", server.port(), "http/protobuf")),
                {ErrorKind::not_understood, "export", "gRPC", "--protocol grpc"});
}

TEST_CASE("A silent port is left when the time is over") {
  const RawServer server([](Conversation& conversation) { conversation.wait_until_closed(); });
  for (const char* protocol : {"grpc", "http/protobuf"}) {
    CAPTURE(protocol);
    for (const char* scheme : {"http", "https"}) {
      CAPTURE(scheme);
      settings::OtlpFlags flags = flags_for(scheme, server.port(), protocol);
      flags.timeout = 200ms;
      const ProbeReport report = probe_traces(flags);
      REQUIRE(report.error);
      CHECK(report.error->kind == ErrorKind::unreachable);
    }
  }
}

TEST_CASE("The server's verdict is handed on with its kind") {
  struct Row {
    int status;
    ErrorKind kind;
    const char* hint;
  };
  for (const Row& row : std::vector<Row>{{401, ErrorKind::refused, "--header"},
                                         {403, ErrorKind::refused, "rights"},
                                         {404, ErrorKind::not_understood, "path"},
                                         {405, ErrorKind::not_understood, "path"},
                                         {415, ErrorKind::not_understood, "http/json"},
                                         {500, ErrorKind::not_understood, "log"},
                                         {503, ErrorKind::unreachable, "down"}}) {
    CAPTURE(row.status);
    const RawServer server(test::always(http_answer(row.status, "text/plain", "words")));
    check_verdict(probe_traces(flags_for("http", server.port(), "http/protobuf")),
                  {row.kind, "export", std::to_string(row.status) + ": words", row.hint});
  }
  for (const auto& [code, kind] :
       {std::pair{16, ErrorKind::refused}, std::pair{7, ErrorKind::refused},
        std::pair{12, ErrorKind::not_understood}, std::pair{3, ErrorKind::not_understood},
        std::pair{14, ErrorKind::unreachable}}) {
    CAPTURE(code);
    const FakeGrpcServer server([code = code](const GrpcCall&) {
      return GrpcReply{code, "words", "", "", false};
    });
    check_verdict(probe_traces(flags_for("http", server.port(), "grpc")),
                  {kind, "export", "words", ""});
  }
}

TEST_CASE("Partial success fails when something is rejected and warns when there are only words") {
  // ExportTracePartialSuccess{rejected_spans: 2, error_message: "old"} and one without a count.
  const FakeGrpcServer rejecting([](const GrpcCall&) {
    return GrpcReply{0, "", "", std::string("\x0a\x07\x08\x02\x12\x03old", 9), false};
  });
  check_verdict(probe_traces(flags_for("http", rejecting.port(), "grpc")),
                {ErrorKind::failed, "export", "rejects 2 records: old", "limits"});
  const FakeGrpcServer warning([](const GrpcCall&) {
    return GrpcReply{0, "", "", std::string("\x0a\x05\x12\x03old", 7), false};
  });
  const ProbeReport report = probe_traces(flags_for("http", warning.port(), "grpc"));
  CHECK(report.ok());
  CHECK(name_of(stage_of(report, "export").status) == "warn");
  CHECK(stage_of(report, "export").message.find("old") != std::string::npos);
}

TEST_CASE("Over TLS the certificate decides, with its exact reason") {
  const Authority authority;
  const Authority stranger("another authority");
  const test::TemporaryFolder folder;
  const std::string ca = folder.path("ca.pem");
  REQUIRE(write_file(ca, authority.certificate()));
  struct Row {
    std::string what;
    test::Identity identity;
    Verdict verdict;
  };
  const std::vector<Row> rows{
      {"expired",
       authority.issue({"DNS:localhost", -48h, -24h}),
       {ErrorKind::unreachable, "tls", "has expired on 20", "renew"}},
      {"not yet valid",
       authority.issue({"DNS:localhost", 24h, 48h}),
       {ErrorKind::unreachable, "tls", "not valid yet, only from 20", "clock"}},
      {"another name",
       authority.issue({"DNS:other.example,DNS:second.example", -1h, 24h}),
       {ErrorKind::unreachable, "tls", "but for other.example, second.example", "names"}},
      {"self-signed", test::self_signed(), {ErrorKind::unreachable, "tls", "self-signed", "--ca"}},
      {"unknown authority",
       stranger.issue(),
       {ErrorKind::unreachable, "tls", "unknown authority (CN = another authority)", "--ca"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const FakeGrpcServer server(&fine, TlsWish{row.identity, "", "h2"});
    settings::OtlpFlags flags = flags_for("https", server.port(), "grpc");
    flags.ca_file = ca;
    const ProbeReport report = probe_traces(flags);
    check_verdict(report, row.verdict);
    CHECK(ladder(report) == "config:ok files:ok dns:ok tcp:ok tls:fail export:skip");
    CHECK(fact(stage_of(report, "tls"), "version") == "TLSv1.3");

    flags.insecure_skip_verify = true;
    const ProbeReport unverified = probe_traces(flags);
    CHECK(unverified.ok());
    CHECK(name_of(stage_of(unverified, "tls").status) == "warn");
  }
}

TEST_CASE(
    "A good certificate passes over both transports, and one that ends soon is warned about") {
  const Authority authority;
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path("ca.pem"), authority.certificate()));
  const FakeGrpcServer grpc(&fine, TlsWish{authority.issue(), "", "h2"});
  settings::OtlpFlags flags = flags_for("https", grpc.port(), "grpc");
  flags.ca_file = folder.path("ca.pem");
  const ProbeReport report = probe_traces(flags);
  CHECK(report.ok());
  CHECK(ladder(report) == "config:ok files:ok dns:ok tcp:ok tls:ok export:ok");
  CHECK(fact(stage_of(report, "tls"), "alpn") == "h2");

  const RawServer soon(good_http(), TlsWish{authority.issue({"DNS:localhost", -1h, 72h})});
  flags = flags_for("https", soon.port(), "http/protobuf");
  flags.ca_file = folder.path("ca.pem");
  const ProbeReport warned = probe_traces(flags);
  CHECK(warned.ok());
  CHECK(name_of(stage_of(warned, "tls").status) == "warn");
  CHECK(stage_of(warned, "tls").message.find("expires on 20") != std::string::npos);
}

TEST_CASE("Plaintext to a TLS port and the reverse are not understood, and the scheme is named") {
  const Authority authority;
  const FakeGrpcServer grpc(&fine, TlsWish{authority.issue(), "", "h2"});
  check_verdict(probe_traces(flags_for("http", grpc.port(), "grpc")),
                {ErrorKind::not_understood, "export", "speaks TLS", "https://"});
  const RawServer https(good_http(), TlsWish{authority.issue()});
  check_verdict(probe_traces(flags_for("http", https.port(), "http/protobuf")),
                {ErrorKind::not_understood, "export", "speaks TLS", "https://"});
  check_verdict(probe_traces(flags_for("http", https.port(), "grpc")),
                {ErrorKind::not_understood, "export", "speaks TLS", "https://"});

  const FakeGrpcServer plain(&fine);
  check_verdict(probe_traces(flags_for("https", plain.port(), "grpc")),
                {ErrorKind::not_understood, "tls", "does not speak TLS", "http://"});
  const RawServer web([](Conversation& conversation) {
    conversation.read();
    conversation.write(http_answer(400, "text/plain", "Bad Request"));
  });
  check_verdict(probe_traces(flags_for("https", web.port(), "http/protobuf")),
                {ErrorKind::not_understood, "tls", "does not speak TLS", "http://"});
}

TEST_CASE("TLS without HTTP/2 cannot carry gRPC") {
  const Authority authority;
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path("ca.pem"), authority.certificate()));
  const RawServer server(good_http(), TlsWish{authority.issue(), "", "http/1.1"});
  settings::OtlpFlags flags = flags_for("https", server.port(), "grpc");
  flags.ca_file = folder.path("ca.pem");
  check_verdict(probe_traces(flags),
                {ErrorKind::not_understood, "tls", "without HTTP/2", "http/protobuf"});
}

TEST_CASE("A demand for a client certificate is a refusal, and a good one is taken") {
  const Authority authority;
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path("ca.pem"), authority.certificate()));
  const FakeGrpcServer server(&fine, TlsWish{authority.issue(), authority.certificate(), "h2"});
  settings::OtlpFlags flags = flags_for("https", server.port(), "grpc");
  flags.ca_file = folder.path("ca.pem");
  check_verdict(probe_traces(flags),
                {ErrorKind::refused, "tls", "demands a client certificate", "--cert"});

  const test::Identity mine = authority.issue();
  REQUIRE(write_file(folder.path("cert.pem"), mine.certificate));
  REQUIRE(write_file(folder.path("key.pem"), mine.key));
  flags.cert_file = folder.path("cert.pem");
  flags.key_file = folder.path("key.pem");
  CHECK(probe_traces(flags).ok());
}

TEST_CASE("Own files that cannot be used end it before any connection") {
  const RawServer server(good_http());
  settings::OtlpFlags flags = flags_for("https", server.port(), "http/protobuf");
  flags.ca_file = "/does/not/exist.pem";
  const ProbeReport report = probe_traces(flags);
  check_verdict(report, {ErrorKind::settings, "files", "/does/not/exist.pem", ""});
  CHECK(ladder(report) == "config:ok files:fail dns:skip tcp:skip tls:skip export:skip");
  CHECK(server.accepted() == 0);
}

TEST_CASE("An exporter with diagnosis names the cause at the first failure and does not go on") {
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

TEST_CASE(
    "An exporter with diagnosis goes on where the cause may pass, and asks nobody who answers") {
  const test::RefusedPort nobody;
  const otlp::ExportOutcome refused = diagnosed(flags_for("http", nobody.port(), "grpc"));
  CHECK(refused.retryable);
  CHECK(refused.error->kind == ErrorKind::unreachable);

  const RawServer busy(test::always(http_answer(503, "text/plain", "later")));
  const otlp::ExportOutcome later = diagnosed(flags_for("http", busy.port(), "http/protobuf"));
  CHECK(later.retryable);
  CHECK(busy.accepted() == 1);
}
