// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/variables.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace otelctl::settings {
namespace {

constexpr std::string_view k_otlp_prefix = "OTEL_EXPORTER_OTLP_";
constexpr std::array<Signal, 3> k_signals{Signal::traces, Signal::metrics, Signal::logs};
constexpr std::string_view k_samplers =
    "always_on always_off traceidratio parentbased_always_on parentbased_always_off "
    "parentbased_traceidratio jaeger_remote parentbased_jaeger_remote xray";

using Type = VariableType;

constexpr Variable k_variables[] = {
    {"OTEL_ATTRIBUTE_COUNT_LIMIT", Type::integer, "128"},
    {"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", Type::integer},
    {"OTEL_BLRP_EXPORT_TIMEOUT", Type::timeout, "30000"},
    {"OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", Type::integer, "512", "", false, 1},
    {"OTEL_BLRP_MAX_QUEUE_SIZE", Type::integer, "2048", "", false, 1},
    {"OTEL_BLRP_SCHEDULE_DELAY", Type::milliseconds, "1000"},
    {"OTEL_BSP_EXPORT_TIMEOUT", Type::timeout, "30000"},
    {"OTEL_BSP_MAX_EXPORT_BATCH_SIZE", Type::integer, "512", "", false, 1},
    {"OTEL_BSP_MAX_QUEUE_SIZE", Type::integer, "2048", "", false, 1},
    {"OTEL_BSP_SCHEDULE_DELAY", Type::milliseconds, "5000"},
    {"OTEL_CONFIG_FILE", Type::path},
    {"OTEL_ENTITIES", Type::text},
    {"OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", Type::integer, "128"},
    {"OTEL_EXPERIMENTAL_CONFIG_FILE", Type::path},
    {"OTEL_EXPORTER_OTLP_CERTIFICATE", Type::path, "", "", true},
    {"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", Type::path, "", "", true},
    {"OTEL_EXPORTER_OTLP_CLIENT_KEY", Type::path, "", "", true},
    {"OTEL_EXPORTER_OTLP_COMPRESSION", Type::enumeration, "none", "gzip none", true},
    {"OTEL_EXPORTER_OTLP_ENDPOINT", Type::url, "http://localhost:4318", "", true},
    {"OTEL_EXPORTER_OTLP_HEADERS", Type::headers, "", "", true},
    {"OTEL_EXPORTER_OTLP_INSECURE", Type::boolean, "false", "", true},
    {"OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION", Type::enumeration,
     "explicit_bucket_histogram", "explicit_bucket_histogram base2_exponential_bucket_histogram"},
    {"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", Type::enumeration, "cumulative",
     "cumulative delta lowmemory"},
    {"OTEL_EXPORTER_OTLP_METRIC_INSECURE", Type::boolean, "false"},
    {"OTEL_EXPORTER_OTLP_PROTOCOL", Type::enumeration, "http/protobuf",
     "grpc http/protobuf http/json", true},
    {"OTEL_EXPORTER_OTLP_SPAN_INSECURE", Type::boolean, "false"},
    {"OTEL_EXPORTER_OTLP_TIMEOUT", Type::timeout, "10000", "", true},
    {"OTEL_EXPORTER_PROMETHEUS_HOST", Type::text, "localhost"},
    {"OTEL_EXPORTER_PROMETHEUS_PORT", Type::port, "9464", "", false, 1},
    {"OTEL_EXPORTER_ZIPKIN_ENDPOINT", Type::url, "http://localhost:9411/api/v2/spans"},
    {"OTEL_EXPORTER_ZIPKIN_PROTOCOL", Type::text},
    {"OTEL_EXPORTER_ZIPKIN_TIMEOUT", Type::timeout, "10000"},
    {"OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", Type::integer, "128"},
    {"OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", Type::integer, "128"},
    {"OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", Type::integer},
    {"OTEL_LOGS_EXPORTER", Type::list, "otlp", "otlp console logging none otlp/stdout"},
    {"OTEL_LOG_LEVEL", Type::text, "info"},
    {"OTEL_METRICS_EXEMPLAR_FILTER", Type::enumeration, "trace_based",
     "always_on always_off trace_based"},
    {"OTEL_METRICS_EXPORTER", Type::list, "otlp",
     "otlp prometheus console logging none otlp/stdout"},
    {"OTEL_METRIC_EXPORT_INTERVAL", Type::milliseconds, "60000"},
    {"OTEL_METRIC_EXPORT_TIMEOUT", Type::timeout, "30000"},
    {"OTEL_PROPAGATORS", Type::list, "tracecontext,baggage",
     "tracecontext baggage b3 b3multi xray jaeger ottrace none"},
    {"OTEL_RESOURCE_ATTRIBUTES", Type::key_values},
    {"OTEL_SDK_DISABLED", Type::boolean, "false"},
    {"OTEL_SEMCONV_STABILITY_OPT_IN", Type::text},
    {"OTEL_SERVICE_NAME", Type::text, "unknown_service"},
    {"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", Type::integer, "128"},
    {"OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", Type::integer},
    {"OTEL_SPAN_EVENT_COUNT_LIMIT", Type::integer, "128"},
    {"OTEL_SPAN_LINK_COUNT_LIMIT", Type::integer, "128"},
    {"OTEL_TRACES_EXPORTER", Type::list, "otlp", "otlp zipkin console logging none otlp/stdout"},
    {"OTEL_TRACES_SAMPLER", Type::enumeration, "parentbased_always_on", k_samplers},
    {"OTEL_TRACES_SAMPLER_ARG", Type::text},
};

std::string signal_infix(Signal signal) {
  switch (signal) {
    case Signal::traces:
      return "TRACES_";
    case Signal::metrics:
      return "METRICS_";
    case Signal::logs:
      return "LOGS_";
  }
  return {};
}

}  // namespace

std::span<const Variable> variables() {
  return k_variables;
}

const Variable* find_variable(std::string_view name) {
  const auto with_name = [](std::string_view wanted) -> const Variable* {
    const auto* found = std::lower_bound(
        std::begin(k_variables), std::end(k_variables), wanted,
        [](const Variable& each, std::string_view other) { return each.name < other; });
    return found == std::end(k_variables) || found->name != wanted ? nullptr : found;
  };
  if (const Variable* exact = with_name(name)) {
    return exact;
  }
  if (!name.starts_with(k_otlp_prefix)) {
    return nullptr;
  }
  for (const Signal signal : k_signals) {
    const std::string prefix = std::string(k_otlp_prefix) + signal_infix(signal);
    if (name.starts_with(prefix)) {
      const Variable* general =
          with_name(std::string(k_otlp_prefix) + std::string(name.substr(prefix.size())));
      return general != nullptr && general->has_signal_forms ? general : nullptr;
    }
  }
  return nullptr;
}

std::vector<std::string> variable_names() {
  std::vector<std::string> names;
  for (const Variable& variable : k_variables) {
    names.emplace_back(variable.name);
    if (variable.has_signal_forms) {
      std::transform(k_signals.begin(), k_signals.end(), std::back_inserter(names),
                     [&](Signal signal) { return signal_form(variable.name, signal); });
    }
  }
  return names;
}

std::string signal_form(std::string_view general_name, Signal signal) {
  return std::string(k_otlp_prefix) + signal_infix(signal) +
         std::string(general_name.substr(k_otlp_prefix.size()));
}

}  // namespace otelctl::settings
