// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/canary.hpp"

#include <doctest/doctest.h>

#include "otlp/json_codec.hpp"

using namespace otelctl;
using namespace otelctl::probe;

namespace {

std::string canary_json(settings::OtlpSettings settings, Signal signal) {
  settings.signal = signal;
  SeededRandom random(1);
  const auto canary = make_canary(settings, random, Time(std::chrono::seconds(1'755'684'000)));
  REQUIRE(canary);
  CHECK(canary->trace_id.has_value() == (signal == Signal::traces));
  const auto json = otlp::payload_to_json(signal, canary->payload);
  REQUIRE(json);
  return *json;
}

}  // namespace

TEST_CASE("the canary of each signal says what it is and whose") {
  for (const auto& [signal, words] :
       {std::pair{Signal::traces, R"("name":"otelctl canary")"},
        std::pair{Signal::metrics, R"("name":"otelctl.canary")"},
        std::pair{Signal::logs, R"("stringValue":"otelctl canary")"}}) {
    CAPTURE(words);
    const std::string json = canary_json({}, signal);
    CHECK(json.find(words) != std::string::npos);
    CHECK(json.find(R"({"key":"otelctl.canary","value":{"boolValue":true}})") != std::string::npos);
    CHECK(json.find(R"({"stringValue":"otelctl-canary"})") != std::string::npos);
  }
}

TEST_CASE("the service and resource are those of the settings") {
  settings::OtlpSettings settings;
  settings.service_name = "shop";
  settings.resource_attributes = {{"replicas:int", "3", true}};
  const std::string json = canary_json(settings, Signal::traces);
  CHECK(json.find(R"({"stringValue":"shop"})") != std::string::npos);
  CHECK(json.find(R"({"key":"replicas","value":{"intValue":"3"}})") != std::string::npos);

  settings.resource_attributes = {{"replicas:int", "many", true}};
  SeededRandom random(1);
  const auto canary = make_canary(settings, random, Time{});
  REQUIRE_FALSE(canary);
  CHECK(canary.error().kind == ErrorKind::usage);
}
