// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace otelctl::settings {

// Where a value comes from, strongest first.
enum class Source { flag, file, signal_variable, general_variable, standard };

// One resolved value, for a person: secrets are already redacted in it.
struct Setting {
  std::string name;  // "endpoint", "protocol", "header authorization"
  std::string value;
  std::string origin;  // "--endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT", "app.yaml:12", "default"
  Source source = Source::standard;
  // Origins that also had a value and were overruled, strongest first.
  std::vector<std::string> shadowed = {};
};

}  // namespace otelctl::settings
