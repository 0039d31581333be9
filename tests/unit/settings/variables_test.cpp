// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/variables.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::settings;

TEST_CASE("The table is in the order of names and holds none twice") {
  const auto table = variables();
  CHECK(std::is_sorted(table.begin(), table.end(), [](const Variable& left, const Variable& right) {
    return left.name < right.name;
  }));
  const auto names = variable_names();
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
}

TEST_CASE("A signal's form finds the general entry") {
  CHECK(signal_form("OTEL_EXPORTER_OTLP_ENDPOINT", Signal::metrics) ==
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
  REQUIRE(find_variable("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT") != nullptr);
  CHECK(find_variable("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT")->name == "OTEL_EXPORTER_OTLP_TIMEOUT");
  CHECK(find_variable("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE") != nullptr);
}

TEST_CASE("Names that the specification has not are not found") {
  for (const char* name : {"OTEL_SERVICE_VERSION", "OTEL_EXPORTER_ENDPOINT", "OTEL_SAMPLING_RATE",
                           "OTEL_EXPORTER_OTLP_TRACES_NOTHING", "OTEL_EXPORTER_OTLP_TRACES_", ""}) {
    CAPTURE(name);
    CHECK(find_variable(name) == nullptr);
  }
}

TEST_CASE("Every default of an enumeration is among what is allowed") {
  for (const Variable& variable : variables()) {
    CAPTURE(variable.name);
    if (variable.type == VariableType::enumeration && !variable.default_value.empty()) {
      const std::string padded = " " + std::string(variable.allowed) + " ";
      CHECK(padded.find(" " + std::string(variable.default_value) + " ") != std::string::npos);
    }
  }
}

TEST_CASE("The table has every name of the specification") {
  const auto names = variable_names();
  // facts of the specification 1.60.0; the one more is the semantic conventions' own.
  CHECK(names.size() == 79 + 1);
  CHECK(std::count(names.begin(), names.end(), "OTEL_SEMCONV_STABILITY_OPT_IN") == 1);
  CHECK(std::count(names.begin(), names.end(), "OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE") == 1);
}

TEST_CASE("Sizes of queues and batches begin at 1, limits at 0") {
  for (const char* name :
       {"OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "OTEL_BLRP_MAX_QUEUE_SIZE",
        "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "OTEL_EXPORTER_PROMETHEUS_PORT"}) {
    CAPTURE(name);
    CHECK(find_variable(name)->least == 1);
  }
  CHECK(find_variable("OTEL_ATTRIBUTE_COUNT_LIMIT")->least == 0);
  CHECK(find_variable("OTEL_BSP_SCHEDULE_DELAY")->least == 0);
  CHECK(find_variable("OTEL_BSP_EXPORT_TIMEOUT")->type == VariableType::timeout);
  CHECK(find_variable("OTEL_METRIC_EXPORT_INTERVAL")->type == VariableType::milliseconds);
}
