// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/signal.hpp"

namespace otelctl::settings {

enum class VariableType {
  text,
  boolean,       // true only for "true", case ignored; other text is false
  integer,       // not negative, at most 2^31 - 1
  milliseconds,  // the same; a duration
  timeout,       // milliseconds too; 0 is "no limit"
  port,          // 1 to 65535
  enumeration,   // one of `allowed`, case ignored
  list,          // of `allowed`, separated by commas
  key_values,    // k1=v1,k2=v2, percent-encoded (W3C Baggage without properties)
  headers,       // the same, keys being HTTP field names
  url,
  path,
};

// One variable of the OpenTelemetry specification 1.60.0 (configuration/sdk-environment-variables,
// protocol/exporter and entities/entity-propagation), and OTEL_SEMCONV_STABILITY_OPT_IN of the
// semantic conventions.
struct Variable {
  std::string_view name;
  VariableType type = VariableType::text;
  std::string_view default_value = {};
  std::string_view allowed = {};  // separated by spaces; empty when anything is
  // OTEL_EXPORTER_OTLP_X also exists as OTEL_EXPORTER_OTLP_{TRACES,METRICS,LOGS}_X.
  bool has_signal_forms = false;
  // Of numbers: the least that is valid.
  int least = 0;
};

// The table, by name. It holds general forms only.
std::span<const Variable> variables();

// The entry of a name or of one of its signal forms; nullptr when the specification has none.
const Variable* find_variable(std::string_view name);

// Every name that exists, signal forms included: what did-you-mean looks through.
std::vector<std::string> variable_names();

// "OTEL_EXPORTER_OTLP_ENDPOINT" for traces is "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT".
std::string signal_form(std::string_view general_name, Signal signal);

}  // namespace otelctl::settings
