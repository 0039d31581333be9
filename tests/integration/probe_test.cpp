// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The walk of test-connection: its stages, what it sends, and what it makes of the answers. What it
// says of each bad peer is in bad_peers_*_test.cpp.
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "tests/integration/probe_support.hpp"

using namespace otelctl;
using namespace otelctl::probe;
using namespace otelctl::test;

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

TEST_CASE("A web server is told apart from OTLP's own port beside it, where that is open") {
  // Addresses of the loopback network that nobody else uses, so that OTLP's ports are free there.
  const ListenAt otlp_place{"127.81.0.1", 4318};
  std::optional<RawServer> otlp;
  if (can_listen_at(otlp_place)) {
    otlp.emplace(good_http(), std::nullopt, otlp_place);
  }
  const RawServer web(always(http_answer(404, "text/html", "<html>")), std::nullopt,
                      {"127.81.0.1", 0});
  const RawServer alone(always(http_answer(404, "text/html", "<html>")), std::nullopt,
                        {"127.81.0.2", 0});
  const auto hint_at = [](const std::string& host, std::uint16_t port) {
    settings::OtlpFlags flags;
    flags.endpoint = "http://" + host + ":" + std::to_string(port);
    flags.protocol = "http/protobuf";
    const ProbeReport report = probe_traces(flags);
    REQUIRE(report.error);
    return report.error->hint;
  };
  const std::string beside = hint_at("127.81.0.1", web.port());
  CAPTURE(beside);
  CHECK(beside.find("port 4318 is open there: try --endpoint http://127.81.0.1:4318 --protocol "
                    "http/protobuf") != std::string::npos);
  // Somebody's server on all addresses is open at this one too.
  if (can_listen_at({"127.81.0.2", 4317}) && can_listen_at({"127.81.0.2", 4318})) {
    CHECK(hint_at("127.81.0.2", alone.port()).find("is open there") == std::string::npos);
  }
}
