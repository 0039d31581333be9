// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/file.hpp"
#include "config/fix.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

struct Row {
  std::string_view code;
  std::string_view before;
  std::string_view after;
};

// Makes the edits of the one finding of the code; what comes of it must not be reported again.
void check_rows(std::string_view pattern, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const std::string text = fmt::format(fmt::runtime(pattern), row.before);
    const Finding finding = only(check(text), row.code);
    CHECK(mended(text, finding) == fmt::format(fmt::runtime(pattern), row.after));
    CHECK(finding.fixable() == (row.before != row.after));
    if (row.before != row.after) {
      CHECK(verdict(mended(text, finding)).find(row.code) == std::string::npos);
    }
  }
}

std::string fixed(std::string_view text) {
  return std::string(fix("app.yaml", std::string(text), {}).after.document.source());
}

}  // namespace

TEST_CASE("values in another unit or notation are converted") {
  check_rows("telemetry:\n  metrics:\n    export_interval_ms: {}\n",
             {{"OTC104", "60s", "60000"},
              {"OTC104", "\"60s\"", "60000"},
              {"OTC104", "1m30s # note", "90000 # note"},
              {"OTC104", "a minute", "a minute"},
              {"OTC104", "017", "017"},
              {"OTC010", "60_000", "60000"}});
  check_rows("telemetry:\n  tracing:\n    sampler:\n      ratio: {}\n",
             {{"OTC104", "10%", "0.1"}, {"OTC104", "'0,5'", "0.5"}, {"OTC104", "all", "all"}});
}

TEST_CASE("text that YAML takes for something else is quoted") {
  check_rows("telemetry:\n  service_version: {}\n",
             {{"OTC104", "1.27", "\"1.27\""},
              {"OTC104", "2025-11-19 # date", "\"2025-11-19\" # date"},
              {"OTC104", "no", "\"no\""},
              {"OTC010", "1e3", "\"1e3\""}});
  check_rows("telemetry:\n  exporters:\n    otlp: {{headers: {{x-a: {}}}}}\n",
             {{"OTC104", "1", "\"1\""}, {"OTC104", "true", "\"true\""}});
}

TEST_CASE("misspelt keys and choices get the one name that they can mean") {
  check_rows("telemetry:\n  tracing:\n    {}\n",
             {{"OTC103", "samplers: {}", "sampler: {}"},
              {"OTC103", "Enabled: true", "enabled: true"},
              // Quoted keys, keys that are there already and such as mean nothing stay.
              {"OTC103", "\"samplers\": {}", "\"samplers\": {}"},
              {"OTC103", "samplers: {}\n    sampler: {}", "samplers: {}\n    sampler: {}"},
              {"OTC103", "colour: red", "colour: red"},
              {"OTC106", "propagators: [trace_context]", "propagators: [tracecontext]"},
              {"OTC106", "propagators: [nope]", "propagators: [nope]"},
              {"OTC106", "sampler: {type: ALWAYS_ON}", "sampler: {type: always_on}"},
              {"OTC106", "sampler: {type: \"always-on\"}", "sampler: {type: always_on}"},
              {"OTC106", "sampler: {type: parentbased_always_on}",
               "sampler: {type: parentbased_always_on}"}});
  check_rows("telemetry:\n  exporters:\n    otlp:\n      {}\n",
             {{"OTC103", "url: http://a:4317", "endpoint: http://a:4317"},
              // Ten of what?
              {"OTC103", "timeout: 10", "timeout: 10"}});
}

TEST_CASE("a sampler that decides alone becomes one that asks the parent") {
  check_rows("telemetry:\n  tracing:\n    sampler:\n      ratio: 0.1\n      type: {}\n",
             {{"OTC315", "traceidratio", "parentbased_traceidratio"},
              {"OTC315", "\"traceidratio\"", "\"parentbased_traceidratio\""},
              {"OTC315", "${OTELCTL_TEST:-traceidratio}", "${OTELCTL_TEST:-traceidratio}"}});
}

TEST_CASE("an endpoint for HTTP gets its path") {
  check_rows(
      "telemetry:\n  enabled: true\n  exporters:\n    otlp:\n      enabled: true\n"
      "      endpoint: {}\n",
      {{"OTC309", "http://localhost:4318", "http://localhost:4318/v1/traces"},
       {"OTC309", "\"http://localhost:4318\"", "\"http://localhost:4318/v1/traces\""},
       {"OTC309", "'http://localhost:4318/'", "'http://localhost:4318/v1/traces'"},
       {"OTC309", "${OTELCTL_TEST:-http://localhost:4318}",
        "${OTELCTL_TEST:-http://localhost:4318}"}});
}

TEST_CASE("the Jaeger agent gives way to OTLP where that goes to the same host") {
  const std::string_view pattern =
      "telemetry:\n  enabled: true\n  exporters:\n    jaeger:\n      enabled: {}\n      "
      "agent_host: {}\n    otlp:\n      enabled: {}\n      endpoint: {}\n";
  const auto text = [&](auto... values) { return fmt::format(fmt::runtime(pattern), values...); };
  const auto after = [&](const std::string& before) {
    return mended(before, only(check(before), "OTC301"));
  };
  CHECK(after(text("true", "jaeger", "false", "http://jaeger:4317")) ==
        text("false", "jaeger", "true", "http://jaeger:4317"));
  CHECK(after(text("true", "jaeger", "true", "http://jaeger:4317")) ==
        text("false", "jaeger", "true", "http://jaeger:4317"));
  for (const auto& unclear : {text("true", "jaeger", "false", "http://other:4317"),
                              text("true", "jaeger", "false", "http://jaeger:4318"),
                              text("yes", "jaeger", "false", "http://jaeger:4317"),
                              text("true", "jaeger", "no", "http://jaeger:4317")}) {
    CAPTURE(unclear);
    CHECK(after(unclear) == unclear);
  }
}

TEST_CASE("look-alikes become what they look like") {
  check_rows("telemetry:\n  {}\n",
             {{"OTC011", "service_name: a\u00A0b\u00A0c", "service_name: a b c"},
              {"OTC011", "service_name: a\u200Bb", "service_name: ab"},
              {"OTC011", "service_name: \u201Cab\u201D", "service_name: \"ab\""}});
}

TEST_CASE("tabs that lines begin with become two spaces each, in all lines") {
  CHECK(fixed("telemetry:\n\tmetrics:\n\t\tenabled: false\n") ==
        "telemetry:\n  metrics:\n    enabled: false\n");
  // Mixed with spaces the lines would not fit together: nothing is better than a guess.
  const std::string_view mixed = "telemetry:\n    metrics:\n\tenabled: false\n";
  CHECK(fixed(mixed) == mixed);
}

TEST_CASE(
    "AgentMap's own section needs nothing more after it was mended but its author's choices") {
  const auto path = std::string(OTELCTL_TEST_DATA) + "/config/agentmap.yaml";
  const FixResult result = fix("agentmap.yaml", otelctl::read_file(path, 100000).value(), {});
  CHECK(result.mended == 2);
  CHECK(verdict(result.after) == "");
}
