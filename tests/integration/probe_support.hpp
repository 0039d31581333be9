// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "probe/run_probe.hpp"
#include "settings/otlp_settings.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_server.hpp"

// Walks of test-connection to servers of the test's own, and what is asked of their reports.
namespace otelctl::test {

using namespace std::chrono_literals;
using namespace otelctl::probe;

inline settings::OtlpFlags flags_for(const std::string& scheme, std::uint16_t port,
                                     const std::string& protocol) {
  settings::OtlpFlags flags;
  flags.endpoint = scheme + "://localhost:" + std::to_string(port);
  flags.protocol = protocol;
  return flags;
}

inline ProbeReport probe_all(const settings::OtlpFlags& flags, const std::vector<Signal>& signals,
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

inline ProbeReport probe_with(const settings::OtlpFlags& flags, const ProbeOptions& options) {
  const auto target = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(target);
  SeededRandom random(1);
  const SystemClock clock;
  return run_probe({*target}, options, {clock, random});
}

inline ProbeReport probe_traces(const settings::OtlpFlags& flags) {
  return probe_all(flags, {Signal::traces});
}

// "config:ok dns:ok tcp:fail tls:skip export:skip"
inline std::string ladder(const ProbeReport& report) {
  std::string text;
  for (const Stage& stage : report.stages) {
    text += (text.empty() ? "" : " ") + stage.name + ":" + std::string(name_of(stage.status));
  }
  return text;
}

inline const Stage& stage_of(const ProbeReport& report, const std::string& name) {
  const auto found = std::find_if(report.stages.begin(), report.stages.end(),
                                  [&](const Stage& stage) { return stage.name == name; });
  REQUIRE(found != report.stages.end());
  return *found;
}

inline std::string fact(const Stage& stage, const std::string& name) {
  for (const Fact& each : stage.facts) {
    if (each.name == name && std::holds_alternative<std::string>(each.value)) {
      return std::get<std::string>(each.value);
    }
  }
  return "(none)";
}

inline GrpcReply fine(const GrpcCall&) {
  return {};
}

inline RawServer::Handler good_http() {
  return always(http_answer(200, "application/x-protobuf", ""));
}

struct Verdict {
  ErrorKind kind;
  std::string stage;  // the one that fails
  std::string words;  // in its message
  std::string hint;   // in the hint
};

inline void check_verdict(const ProbeReport& report, const Verdict& verdict) {
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

}  // namespace otelctl::test
