// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/probe.hpp"

#include <sstream>
#include <string>

#include <boost/json.hpp>
#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::probe;
using namespace otelctl::report;
using namespace std::chrono_literals;

namespace {

ProbeReport refused() {
  ProbeReport report;
  report.endpoint = "http://localhost:4317";
  report.protocol = "grpc";
  report.signal = "traces";
  report.settings = {{"endpoint",
                      "http://localhost:4317",
                      "--endpoint",
                      settings::Source::flag,
                      {"OTEL_EXPORTER_OTLP_ENDPOINT"}}};
  report.notes = {"--endpoint overrules OTEL_EXPORTER_OTLP_ENDPOINT"};
  report.stages = {
      {"config", StageStatus::ok, 0ns, "http://localhost:4317 by grpc (--endpoint)", "", {}},
      {"dns",
       StageStatus::ok,
       1200us,
       "localhost is 127.0.0.1",
       "",
       {{"addresses", std::vector<std::string>{"127.0.0.1"}}, {"n", std::int64_t{3}}, {"b", true}}},
      {"tcp", StageStatus::fail, 2ms, "connection to localhost:4317 refused", "start it", {}},
      {"tls", StageStatus::skip, 0ns, "", "", {}},
      {"export", StageStatus::skip, 0ns, "", "", {{"signal", std::string("traces")}}}};
  report.error = Error{ErrorKind::unreachable, "connection to localhost:4317 refused", "start it"};
  return report;
}

ProbeReport good() {
  ProbeReport report = refused();
  report.error.reset();
  report.stages[2] = {"tcp", StageStatus::ok, 2ms, "127.0.0.1:4317 connected", "", {}};
  report.stages[4] = {"export", StageStatus::ok,
                      3ms,      "the server takes traces (OK)",
                      "",       {{"signal", std::string("traces")}}};
  return report;
}

std::string text_of(const ProbeReport& report, ProbeDetail detail = ProbeDetail::stages,
                    const terminal::Terminal& terminal = {}) {
  std::ostringstream out;
  write_probe_text(out, report, detail, terminal);
  return out.str();
}

boost::json::object json_of(const ProbeReport& report, int exit_code) {
  std::ostringstream out;
  write_probe_json(out, report, exit_code);
  return boost::json::parse(out.str()).as_object();
}

}  // namespace

TEST_CASE("The ladder has a line a stage, then the cause and the remedy") {
  CHECK(text_of(refused()) ==
        "config ok            http://localhost:4317 by grpc (--endpoint)\n"
        "                     note: --endpoint overrules OTEL_EXPORTER_OTLP_ENDPOINT\n"
        "dns    ok    1.20ms  localhost is 127.0.0.1\n"
        "tcp    FAIL  2.00ms  connection to localhost:4317 refused\n"
        "tls    skip\n"
        "export skip          traces\n"
        "\n"
        "not reachable: connection to localhost:4317 refused\n"
        "hint: start it\n");
}

TEST_CASE("What passes ends with what can be sent") {
  CHECK(text_of(good(), ProbeDetail::verdict) == "ok: http://localhost:4317 takes traces\n");
  ProbeReport unsent = good();
  unsent.stages[4].status = StageStatus::skip;
  CHECK(text_of(unsent, ProbeDetail::verdict) ==
        "ok: http://localhost:4317 can be reached; nothing was sent\n");
  ProbeReport warned = good();
  warned.stages[3].status = StageStatus::warn;
  CHECK(text_of(warned, ProbeDetail::verdict).starts_with("ok, with warnings: "));
}

TEST_CASE(
    "In detail every setting shows its origin and what it overruled, and every stage its facts") {
  const std::string text = text_of(refused(), ProbeDetail::all);
  CHECK(
      text.find(
          "endpoint  http://localhost:4317  (--endpoint, before OTEL_EXPORTER_OTLP_ENDPOINT)\n") ==
      0);
  CHECK(text.find("addresses: 127.0.0.1\n") != std::string::npos);
  CHECK(text.find("n: 3\n") != std::string::npos);
}

TEST_CASE("Facts from a server cannot steer the terminal") {
  ProbeReport report = good();
  report.stages[4].facts.push_back({"partial_message", std::string("a\x1b[2Jb\nZ")});
  const std::string text = text_of(report, ProbeDetail::all);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\nZ") == std::string::npos);
}

TEST_CASE("On a terminal long lines are folded under their column, in a pipe they stay whole") {
  ProbeReport report = refused();
  report.error->hint =
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
  terminal::Terminal narrow;
  narrow.is_terminal = true;
  narrow.width = 70;
  CHECK(text_of(report, ProbeDetail::verdict, narrow).find("\n      ") != std::string::npos);
  CHECK(text_of(report, ProbeDetail::verdict).find(report.error->hint) != std::string::npos);
}

TEST_CASE("The JSON shape holds every key, for failure and success") {
  const auto failed = json_of(refused(), 3);
  CHECK(failed.at("schema") == "otelctl.probe/1");
  CHECK(failed.at("target").at("endpoint") == "http://localhost:4317");
  CHECK(failed.at("target").at("protocol") == "grpc");
  CHECK(failed.at("target").at("signal") == "traces");
  const auto& setting = failed.at("settings").as_array().at(0);
  CHECK(setting.at("origin") == "--endpoint");
  CHECK(setting.at("shadowed").as_array().size() == 1);
  const auto& dns = failed.at("stages").as_array().at(1);
  CHECK(dns.at("name") == "dns");
  CHECK(dns.at("status") == "ok");
  CHECK(dns.at("duration_ns") == 1'200'000);
  CHECK(dns.at("hint") == "");
  CHECK(dns.at("facts").at("addresses").as_array().at(0) == "127.0.0.1");
  CHECK(dns.at("facts").at("n") == 3);
  CHECK(dns.at("facts").at("b") == true);
  CHECK(failed.at("result").at("ok") == false);
  CHECK(failed.at("result").at("exit_code") == 3);
  CHECK(failed.at("result").at("kind") == "unreachable");
  CHECK(failed.at("result").at("hint") == "start it");

  const auto passed = json_of(good(), 0);
  CHECK(passed.at("result").at("ok") == true);
  CHECK(passed.at("result").at("kind") == "");
  CHECK(passed.at("result").at("hint") == "");
}
