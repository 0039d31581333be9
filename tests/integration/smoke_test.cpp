// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The whole road with the embedded backend at its end, and with everything that can go wrong on it.
#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "tests/integration/smoke_support.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace otelctl;
using otelctl::testing::PassingAnswer;
using otelctl::testing::QueryProxy;
using otelctl::testing::ServedBackend;
using test::TestRun;
namespace json = boost::json;

namespace {

std::string endpoint_of(ServedBackend& backend) {
  return "http://" + backend->grpc_address();
}

std::vector<std::string> command(ServedBackend& receiver, const std::string& backend,
                                 std::vector<std::string> more = {}) {
  std::vector<std::string> args = {"smoke",      "--endpoint", endpoint_of(receiver),
                                   "--protocol", "grpc",       "--backend",
                                   backend,      "--format",   "json"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

std::string query_of(ServedBackend& backend) {
  return "http://" + backend->query_address();
}

json::object parse(const TestRun& run, int status) {
  CAPTURE(run.out());
  CAPTURE(run.err());
  CHECK(run.status() == status);
  auto document = json::parse(run.out()).as_object();
  CHECK(document.at("schema") == "otelctl.smoke/1");
  CHECK(document.at("result").at("exit_code") == status);
  return document;
}

std::string text(const json::value& value) {
  return std::string(value.as_string());
}

json::object stage(const json::object& report, std::string_view name) {
  for (const json::value& stage : report.at("stages").as_array()) {
    if (text(stage.at("name")) == name) {
      return stage.as_object();
    }
  }
  FAIL("no such stage");
  return {};
}

bool holds(std::string_view whole, std::string_view part) {
  return whole.find(part) != std::string_view::npos;
}

void replace(PassingAnswer& answer, std::string_view from, std::string_view to) {
  for (auto place = answer.body.find(from); place != std::string::npos;
       place = answer.body.find(from, place + to.size())) {
    answer.body.replace(place, from.size(), to);
  }
}

void hide(PassingAnswer& answer) {
  answer.status = 404;
  answer.body = R"({"error":{"httpCode":404,"message":"No traces found"}})";
}

}  // namespace

TEST_CASE("a canary comes back as it was sent, by each protocol") {
  for (const std::string protocol : {"grpc", "http/protobuf", "http/json"}) {
    CAPTURE(protocol);
    // Each run draws the same trace id here.
    ServedBackend backend;
    const std::string address =
        protocol == "grpc" ? backend->grpc_address() : backend->http_address();
    const auto report =
        parse(TestRun({"smoke", "--endpoint", "http://" + address, "--protocol", protocol,
                       "--backend", query_of(backend), "--format", "json"}),
              0);
    CHECK(report.at("differences").as_array().empty());
    CHECK(report.at("ledger").at("accepted") == 6);
    CHECK(report.at("ledger").at("trace_ids").as_array().size() == 1);
    const auto& trip = report.at("round_trip").as_object();
    CHECK(trip.at("accepted_ns").as_int64() > 0);
    CHECK(trip.at("visible_ns").as_int64() >= trip.at("accepted_ns").as_int64());
    CHECK(trip.at("attempts").as_int64() >= 1);
    CHECK(stage(report, "compare").at("status") == "ok");
    CHECK(stage(report, "verify").at("status") == "ok");
    CHECK(text(stage(report, "verify").at("facts").at("trace_id")) ==
          text(report.at("ledger").at("trace_ids").as_array()[0]));
  }
}

TEST_CASE("what Jaeger's old dialect cannot hold is no difference") {
  ServedBackend backend;
  QueryProxy legacy(backend->query_address(), [](PassingAnswer& answer) {
    if (answer.path.starts_with("/api/v3/")) {
      answer.status = 404;
      answer.body = "404 page not found\n";
    }
  });
  const auto report = parse(TestRun(command(backend, legacy.url())), 0);
  CHECK(report.at("backend").at("dialect") == "legacy");
  CHECK(report.at("differences").as_array().empty());
  CHECK(stage(report, "compare").at("status") == "ok");
}

TEST_CASE("an attribute that was changed on the way is a difference") {
  ServedBackend backend;
  QueryProxy changing(backend->query_address(), [](PassingAnswer& answer) {
    replace(answer, "9007199254740993", "9007199254740992");
  });
  const auto report = parse(TestRun(command(backend, changing.url())), 1);
  const auto& differences = report.at("differences").as_array();
  REQUIRE(differences.size() == 1);
  CHECK(text(differences[0].at("path")) ==
        R"(spans["otelctl canary"].attributes["otelctl.canary.int"])");
  CHECK(text(differences[0].at("sent")) == R"("9007199254740993")");
  CHECK(text(differences[0].at("got")) == "9007199254740992");
  CHECK(stage(report, "compare").at("status") == "fail");
  CHECK(report.at("result").at("kind") == "failed");
  CHECK(holds(text(report.at("result").at("hint")), "processors"));
}

TEST_CASE("times that were cut to microseconds are a warning where storages do that") {
  ServedBackend backend;
  QueryProxy cutting(backend->query_address(), [](PassingAnswer& answer) {
    constexpr std::string_view k_before = "imeUnixNano\":\"";
    for (auto place = answer.body.find(k_before); place != std::string::npos;
         place = answer.body.find(k_before, place + 1)) {
      answer.body.replace(answer.body.find('"', place + k_before.size()) - 3, 3, "000");
    }
  });
  const auto report = parse(TestRun(command(backend, cutting.url())), 0);
  CHECK(report.at("differences").as_array().empty());
  CHECK(stage(report, "compare").at("status") == "warn");
  CHECK(holds(text(stage(report, "compare").at("message")), "nanoseconds"));
}

TEST_CASE("a canary that is there late, or in parts first, is waited for") {
  ServedBackend backend;
  QueryProxy late(backend->query_address(), [](PassingAnswer& answer) {
    // The first is the question before anything is sent.
    if (answer.question > 1 && answer.question < 4) {
      hide(answer);
    } else if (answer.question == 4) {
      auto document = json::parse(answer.body);
      auto& resources = document.at("result").at("resourceSpans").as_array();
      resources.pop_back();
      answer.body = json::serialize(document);
    }
  });
  const auto report = parse(TestRun(command(backend, late.url())), 0);
  CHECK(report.at("round_trip").at("attempts") == 4);
}

TEST_CASE("a canary that was accepted and never shows up ends with 6 and says where to look") {
  ServedBackend receiver;
  ServedBackend other;
  const auto report = parse(TestRun(command(receiver, query_of(other), {"--within", "200ms"})), 6);
  CHECK(report.at("ledger").at("accepted") == 6);
  CHECK(report.at("result").at("kind") == "not_seen");
  CHECK(holds(text(report.at("result").at("hint")), "exports to another backend or tenant than"));
  CHECK(stage(report, "verify").at("status") == "fail");
  CHECK(stage(report, "compare").at("status") == "skip");
  CHECK(report.at("round_trip").at("visible_ns") == 0);
}

TEST_CASE("a canary of which a part is missing ends with 6 and names the missing spans") {
  ServedBackend backend;
  QueryProxy losing(backend->query_address(), [](PassingAnswer& answer) {
    if (answer.question > 1) {
      auto document = json::parse(answer.body);
      document.at("result").at("resourceSpans").as_array().pop_back();
      answer.body = json::serialize(document);
    }
  });
  const auto report = parse(TestRun(command(backend, losing.url(), {"--within", "200ms"})), 6);
  CHECK(report.at("differences").as_array().size() == 2);
  CHECK(holds(text(report.at("result").at("message")), "all of 'otelctl-canary-callee'"));
}

TEST_CASE("spans that the receiver rejects are told as that") {
  auto options = server::ServerOptions::on_free_ports();
  options.faults = server::parse_faults({"partial=2"}).value();
  ServedBackend backend(options);
  const auto report = parse(TestRun(command(backend, query_of(backend))), 1);
  CHECK(report.at("ledger").at("rejected") == 2);
  CHECK(stage(report, "export").at("status") == "fail");
  CHECK(stage(report, "verify").at("status") == "skip");
}

TEST_CASE("a receiver that is busy for a moment is asked again") {
  auto options = server::ServerOptions::on_free_ports();
  options.faults = server::parse_faults({"unavailable@50%"}).value();
  ServedBackend backend(options);
  // It refuses the second request.
  REQUIRE(backend.post("/v1/traces", "{}", "application/json").status == 200);
  const auto report = parse(TestRun(command(backend, query_of(backend))), 0);
  CHECK(report.at("ledger").at("retries") == 1);
}

TEST_CASE("a backend that takes its time does not take that of the receiver") {
  ServedBackend backend;
  QueryProxy slow(backend->query_address(), [](PassingAnswer& answer) {
    if (answer.question == 1) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1200));
    }
  });
  const auto report = parse(TestRun(command(backend, slow.url(), {"--timeout", "1s"})), 0);
  CHECK(stage(report, "export").at("status") == "ok");
}

TEST_CASE("a typed service.name is a usage error, not a crash") {
  ServedBackend backend;
  const TestRun typed(command(backend, query_of(backend), {"--resource", "service.name:int=3"}));
  CHECK(typed.status() == 2);
  CHECK(holds(typed.out(), "service.name takes no type"));
}

TEST_CASE("trouble with the backend is blamed on the backend, and nothing is sent") {
  ServedBackend receiver;
  struct Case {
    int status;
    std::string body;
    int exit_code;
  };
  for (const Case& bad : {Case{401, "who are you", 4}, Case{503, "busy", 3}, Case{500, "{}", 5},
                          Case{200, "<!doctype html><html></html>", 5}}) {
    CAPTURE(bad.status);
    QueryProxy broken(receiver->query_address(), [&](PassingAnswer& answer) {
      answer.status = bad.status;
      answer.body = bad.body;
    });
    const auto report = parse(TestRun(command(receiver, broken.url())), bad.exit_code);
    CHECK(stage(report, "tcp").at("status") == "ok");
    CHECK(stage(report, "backend").at("status") == "fail");
    CHECK(text(report.at("result").at("message")).starts_with("the backend, not the collector: "));
    CHECK(report.at("ledger").at("generated") == 0);
  }
  const test::RefusedPort nobody;
  parse(TestRun(command(receiver, "http://127.0.0.1:" + std::to_string(nobody.port()))), 3);
  CHECK(receiver->stats().traces.requests == 0);
}

TEST_CASE("a backend that has a trace before it is sent answers everything") {
  ServedBackend receiver;
  QueryProxy yes(receiver->query_address(), [](PassingAnswer& answer) {
    if (answer.question > 0) {
      answer.status = 200;
      answer.body = R"({"result":{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":")" +
                    answer.path.substr(answer.path.rfind('/') + 1) +
                    R"(","spanId":"00000000000000aa","name":"x"}]}]}]}})";
    }
  });
  const auto report = parse(TestRun(command(receiver, yes.url())), 5);
  CHECK(holds(text(report.at("result").at("message")), "although nothing was sent yet"));
}

TEST_CASE("a receiver that cannot be reached ends the road before the backend is asked") {
  ServedBackend backend;
  const test::RefusedPort nobody;
  const auto report =
      parse(TestRun({"smoke", "--endpoint", "http://127.0.0.1:" + std::to_string(nobody.port()),
                     "--backend", query_of(backend), "--format", "json"}),
            3);
  CHECK(stage(report, "tcp").at("status") == "fail");
  for (const char* name : {"backend", "export", "verify", "compare"}) {
    CHECK(stage(report, name).at("status") == "skip");
  }
}

TEST_CASE("a configuration with errors ends the road, one with warnings does not") {
  ServedBackend backend;
  const test::TemporaryFolder folder;
  const std::string wrong = folder.path("wrong.yaml");
  std::ofstream(wrong) << "telemetry:\n  enabled: maybe\n";
  const auto ended = parse(TestRun(command(backend, query_of(backend), {"--config", wrong})), 1);
  CHECK(stage(ended, "validate").at("status") == "fail");
  CHECK(stage(ended, "compare").at("status") == "skip");
  CHECK(backend->stats().traces.requests == 0);
  const TestRun variable({"smoke", "--format", "json"}, {{"OTEL_EXPORTER_OTLP_PROTOCOL", "grcp"}});
  CHECK(stage(parse(variable, 1), "validate").at("status") == "fail");
}

TEST_CASE("an interrupted run ends with the signal's status") {
  ServedBackend receiver;
  ServedBackend other;
  for (const auto& [signal, status] : {std::pair{SIGINT, 130}, std::pair{SIGTERM, 143}}) {
    const TestRun run({.interrupted_by = signal}, command(receiver, query_of(other)));
    CHECK(run.status() == status);
    CHECK(holds(run.out(), R"("schema": "otelctl.error/1")"));
    CHECK(receiver->stats().traces.requests == 0);
  }
}

TEST_CASE("the ladder, the test report and the annotations tell the same") {
  // Each run draws the same trace id here, so each has a backend of its own.
  const auto run = [](const std::string& format, const QueryProxy::Change& change) {
    ServedBackend backend;
    QueryProxy proxy(backend->query_address(), change);
    return TestRun({"smoke", "--endpoint", endpoint_of(backend), "--protocol", "grpc", "--backend",
                    proxy.url(), "--format", format});
  };
  const auto changing = [](PassingAnswer& answer) { replace(answer, "\"bird\"", "\"fish\""); };
  const TestRun good = run("text", [](PassingAnswer&) {});
  CHECK(good.status() == 0);
  CHECK(holds(good.out(), "ok: the canary is in http://127.0.0.1:"));
  const TestRun text = run("text", changing);
  CHECK(text.status() == 1);
  CHECK(holds(text.out(), "compare  FAIL"));
  CHECK(holds(text.out(), R"(.attributes["otelctl.canary.map"]: sent {"bird":"canary")"));
  CHECK(holds(text.out(), "different: the canary came back with 1 difference"));
  const TestRun junit = run("junit", changing);
  CHECK(holds(junit.out(), R"(<testsuites name="otelctl smoke" )"));
  CHECK(holds(junit.out(), R"(<failure type="failed")"));
  const TestRun github = run("github", changing);
  CHECK(holds(github.out(), "::error title=otelctl smoke (compare)::"));
  CHECK(holds(github.out(), "otelctl.canary.map"));
}

TEST_CASE("a file is no backend for what has just been sent") {
  const TestRun run({"smoke", "--backend", "traces.json"});
  CHECK(run.status() == 2);
  CHECK(holds(run.err(), "hint: "));
}
