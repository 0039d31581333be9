// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// send-spans against the embedded backend: what the ledger says is what the server counted.
#include <csignal>
#include <thread>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "cmd/context.hpp"
#include "otlp/async_exporter.hpp"
#include "server/fault.hpp"
#include "server/server.hpp"
#include "settings/otlp_settings.hpp"
#include "synth/scenarios.hpp"
#include "synth/sender.hpp"
#include "synth/template.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using namespace std::chrono_literals;
using test::TestRun;

namespace {

constexpr auto k_patience = 30s;

const SystemClock k_clock;

std::unique_ptr<server::Server> start_server() {
  auto server = server::Server::start(server::ServerOptions::on_free_ports(), k_clock);
  REQUIRE(server);
  return std::move(*server);
}

std::vector<std::string> command(const std::string& address, const std::string& protocol,
                                 std::vector<std::string> more = {}) {
  std::vector<std::string> args{
      "send-spans", "--endpoint", "http://" + address, "--protocol", protocol, "--format", "json"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

boost::json::object ledger_of(const TestRun& run) {
  CAPTURE(run.err());
  const auto ledger = boost::json::parse(run.out()).as_object();
  CHECK(ledger.at("schema") == "otelctl.ledger/1");
  CHECK(ledger.at("generated").as_int64() == ledger.at("accepted").as_int64() +
                                                 ledger.at("rejected").as_int64() +
                                                 ledger.at("failed").as_int64());
  return ledger;
}

// A port on which nothing listens.
std::string dead_address() {
  const auto server = start_server();
  return server->grpc_address();
}

settings::OtlpSettings target_of(const std::string& address, const std::string& protocol = "grpc") {
  settings::OtlpFlags flags;
  flags.endpoint = "http://" + address;
  flags.protocol = protocol;
  const auto resolved = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(resolved);
  return *resolved;
}

synth::SendTools tools_for(const settings::OtlpSettings& target, const std::stop_token& stop = {}) {
  return {.clock = k_clock,
          .stop = stop,
          .wait = synth::wait_until_stopped(stop),
          .make_exporter = [target] { return otlp::make_async_exporter(target); }};
}

synth::TraceTemplate simple_traces() {
  auto traces = synth::TraceTemplate::compile(*synth::find_scenario("simple"), {.seed = 3});
  REQUIRE(traces);
  return std::move(*traces);
}

int status_after(int signal, const std::vector<std::string>& args) {
  const TestRun run({.interrupted_by = signal}, args);
  CHECK(run.out().find("\"generated\": 0") != std::string::npos);
  return run.status();
}

}  // namespace

TEST_CASE("the ledger's bytes are those of the encoding that is sent, before compression") {
  const auto server = start_server();
  const std::vector<std::string> same{"--seed", "1", "--start", "2026-01-01T00:00:00Z"};
  auto dry = same;
  dry.insert(dry.begin(), {"send-spans", "--dry-run"});
  const TestRun requests(dry);
  const auto json_bytes = static_cast<std::int64_t>(requests.out().size()) - 1;  // and a line end
  for (const std::string compression : {"none", "gzip"}) {
    CAPTURE(compression);
    auto more = same;
    more.insert(more.end(), {"--compression", compression});
    const TestRun json(command(server->http_address(), "http/json", more));
    CHECK(ledger_of(json).at("bytes") == json_bytes);
    const TestRun protobuf(command(server->http_address(), "http/protobuf", more));
    CHECK(ledger_of(protobuf).at("bytes").as_int64() < json_bytes);
  }
}

TEST_CASE("every span that is sent is accepted and counted on both sides, by every protocol") {
  const auto server = start_server();
  std::uint64_t expected = 0;
  for (const std::string protocol : {"grpc", "http/protobuf", "http/json"}) {
    for (const std::string compression : {"none", "gzip"}) {
      CAPTURE(protocol);
      CAPTURE(compression);
      const bool is_grpc = protocol == "grpc";
      const TestRun run(command(is_grpc ? server->grpc_address() : server->http_address(), protocol,
                                {"--traces", "200", "--compression", compression}));
      CHECK(run.status() == 0);
      CHECK(run.err() == "");
      const auto ledger = ledger_of(run);
      CHECK(ledger.at("generated") == 2800);
      CHECK(ledger.at("accepted") == 2800);
      expected += 2800;
      CHECK(server->stats().traces.accepted == expected);
    }
  }
  CHECK(server->stats().traces.rejected == 0);
}

TEST_CASE("nothing is sent when the ledger could not be written") {
  const auto server = start_server();
  for (const std::string file : {"/no-such-folder/ledger.json", "/"}) {
    const TestRun run(command(server->grpc_address(), "grpc", {"-o", file}));
    CHECK(run.status() == 2);
    CHECK(run.err().find("otelctl: " + file + ": ") == 0);
  }
  CHECK(server->stats().traces.requests == 0);
}

TEST_CASE("a loss of exactly --max-loss is within it, whatever its decimals are in binary") {
  auto options = server::ServerOptions::on_free_ports();
  options.faults = server::parse_faults({"partial=7"}).value();
  const auto server = server::Server::start(options, k_clock).value();
  const auto status_with = [&](const std::string& max_loss) {
    return TestRun(command(server->grpc_address(), "grpc",
                           {"--scenario", "simple", "--traces", "500", "--batch", "1000",
                            "--max-loss", max_loss}))
        .status();
  };
  CHECK(status_with("0.7") == 0);  // 0.7 / 100 is below 7 / 1000
  CHECK(status_with("0.69") == 1);
}

TEST_CASE("small batches split traces without losing a span") {
  const auto server = start_server();
  const TestRun run(command(server->grpc_address(), "grpc", {"--traces", "20", "--batch", "3"}));
  const auto ledger = ledger_of(run);
  CHECK(run.status() == 0);
  CHECK(ledger.at("requests") == 100);
  CHECK(server->stats().traces.requests == 100);
  CHECK(server->stats().traces.accepted == 280);
}

TEST_CASE("nothing that listens is exit 3, with the reason and a hint") {
  const TestRun run(command(dead_address(), "grpc", {"--timeout", "300ms"}));
  CHECK(run.status() == 3);
  const auto ledger = ledger_of(run);
  CHECK(ledger.at("failed") == 14);
  CHECK(ledger.at("errors").at(0).at("kind") == "unreachable");
  CHECK(run.err().find("refused") != std::string::npos);
  CHECK(run.err().find("hint: ") != std::string::npos);
}

TEST_CASE("a port that speaks the other protocol is exit 5") {
  const auto server = start_server();
  const TestRun grpc_to_http(command(server->http_address(), "grpc", {"--timeout", "2s"}));
  CHECK(grpc_to_http.status() == 5);
  CHECK(ledger_of(grpc_to_http).at("failed") == 14);
  const TestRun http_to_grpc(command(server->grpc_address(), "http/protobuf", {"--timeout", "2s"}));
  CHECK(http_to_grpc.status() == 5);
  CHECK(ledger_of(http_to_grpc).at("failed") == 14);
}

TEST_CASE("what is wrong for good is found once and is the cause of all that fails") {
  const auto server = start_server();
  const TestRun run(command(server->http_address(), "grpc",
                            {"--traces", "200", "--batch", "14", "--timeout", "30s"}));
  CHECK(run.status() == 5);
  const auto ledger = ledger_of(run);
  CHECK(ledger.at("failed") == 2800);
  CHECK(ledger.at("requests") == 200);
  CHECK(ledger.at("retries") == 0);
  REQUIRE(ledger.at("errors").as_array().size() == 1);
  CHECK(ledger.at("errors").at(0).at("kind") == "not_understood");
}

TEST_CASE("an interrupted run prints its balanced ledger and exits 130 or 143") {
  const auto server = start_server();
  CHECK(status_after(SIGINT, command(server->grpc_address(), "grpc")) == 130);
  CHECK(status_after(SIGTERM, command(server->grpc_address(), "grpc")) == 143);
  for (const std::string command : {"send-metrics", "send-logs"}) {
    CHECK(status_after(SIGINT, {command, "--format", "json"}) == 130);
  }
}

TEST_CASE("a run that is stopped in the middle has accounted for all that the server took") {
  const auto server = start_server();
  std::stop_source stop;
  std::jthread stopper([&] {
    server->wait_for_spans(2000, k_patience);
    stop.request_stop();
  });
  const auto ledger = synth::send(simple_traces(), {.plan = {.batch = 20}, .workers = 2},
                                  tools_for(target_of(server->grpc_address()), stop.get_token()));
  REQUIRE(ledger);
  CHECK(ledger->generated() >= 2000);
  CHECK(ledger->in_flight() == 0);
  CHECK(ledger->accepted() == ledger->generated());
  CHECK(ledger->accepted() == server->stats().traces.accepted);
}

TEST_CASE("a server that goes away in the middle leaves a balanced ledger") {
  const auto server = start_server();
  std::jthread stopper([&] {
    server->wait_for_spans(2000, k_patience);
    server->stop(0ms);
  });
  const auto ledger = synth::send(
      simple_traces(), {.plan = {.units = 20'000, .batch = 100}, .workers = 2, .timeout = 50ms},
      tools_for(target_of(server->grpc_address())));
  REQUIRE(ledger);
  CHECK(ledger->generated() == 40'000);
  CHECK(ledger->generated() == ledger->accepted() + ledger->rejected() + ledger->failed());
  // The server may have taken what it could no longer confirm, never the other way round.
  CHECK(ledger->accepted() <= server->stats().traces.accepted);
  CHECK(ledger->verdict().has_value() == (ledger->failed() > 0));
}

TEST_CASE("a server that is killed and started again in the middle is sent all of the run") {
  for (const std::string protocol : {"grpc", "http/protobuf"}) {
    CAPTURE(protocol);
    auto server = start_server();
    const server::ServerOptions same{.grpc = server->grpc_address(),
                                     .http = server->http_address(),
                                     .query = server->query_address()};
    const std::string address =
        protocol == "grpc" ? server->grpc_address() : server->http_address();
    std::uint64_t counted = 0;
    std::jthread restarter([&] {
      server->wait_for_spans(2000, k_patience);
      server->stop(0ms);
      counted = server->stats().traces.accepted;
      server.reset();
      auto again = server::Server::start(same, k_clock);
      REQUIRE(again);
      server = std::move(*again);
    });
    const auto ledger = synth::send(
        simple_traces(), {.plan = {.units = 20'000, .rate = 40'000.0, .batch = 100}, .workers = 2},
        tools_for(target_of(address, protocol)));
    restarter.join();
    REQUIRE(ledger);
    CHECK(ledger->generated() == 40'000);
    CHECK(ledger->generated() == ledger->accepted() + ledger->rejected() + ledger->failed());
    // With ten seconds for each request and a server that is back at once, nothing is lost; what
    // was taken and not confirmed any more was sent again.
    CHECK(ledger->accepted() == 40'000);
    CHECK(ledger->accepted() <= counted + server->stats().traces.accepted);
    // Of the second server no answer was lost.
    CHECK(server->stats().traces.accepted > 0);
  }
}

TEST_CASE("a run of a million spans balances, and the server has counted them all") {
  const auto server = start_server();
  const auto ledger =
      synth::send(simple_traces(), {.plan = {.units = 500'000, .batch = 4096}, .workers = 2},
                  tools_for(target_of(server->grpc_address())));
  REQUIRE(ledger);
  CHECK(ledger->accepted() == 1'000'000);
  CHECK(server->stats().traces.accepted == 1'000'000);
}

TEST_CASE("thresholds decide the status") {
  const auto server = start_server();
  const auto status = [&](std::vector<std::string> more) {
    return TestRun(command(server->grpc_address(), "grpc", std::move(more))).status();
  };
  CHECK(status({"--max-loss", "0", "--max-p99", "1h"}) == 0);
  CHECK(status({"--max-p99", "1ns"}) == 1);

  const TestRun lost(command(dead_address(), "grpc", {"--timeout", "100ms", "--max-loss", "50%"}));
  CHECK(lost.status() == 1);
  CHECK(lost.err() == "otelctl: send-spans: lost 100% (14 of 14), over --max-loss 50%\n");
  const TestRun allowed(
      command(dead_address(), "grpc", {"--timeout", "100ms", "--max-loss", "100"}));
  CHECK(allowed.status() == 0);
  CHECK(allowed.err() == "otelctl: send-spans: lost 100% (14 of 14), within --max-loss 100%\n");
  // A latency alone does not excuse what is lost.
  const TestRun quick(command(dead_address(), "grpc", {"--timeout", "100ms", "--max-p99", "1h"}));
  CHECK(quick.status() == 3);
}

TEST_CASE("shards by the environment of an Indexed Job send their part, with a note") {
  const auto server = start_server();
  for (const std::string index : {"0", "1", "2"}) {
    const TestRun run(command(server->grpc_address(), "grpc", {"--traces", "10", "--seed", "4"}),
                      {{"JOB_COMPLETION_INDEX", index}, {"OTELCTL_SHARDS", "3"}});
    CHECK(run.status() == 0);
    CHECK(run.err() ==
          "otelctl: note: shard " + index + "/3, by JOB_COMPLETION_INDEX and OTELCTL_SHARDS\n");
    CHECK(ledger_of(run).at("generated") == (index == "0" ? 4 : 3) * 14);
  }
  CHECK(server->stats().traces.accepted == 140);
}
