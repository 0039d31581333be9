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
