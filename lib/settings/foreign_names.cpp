// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/foreign_names.hpp"

#include <algorithm>
#include <array>

namespace otelctl::settings {
namespace {

constexpr std::string_view k_no_sdk = "is not in the specification: no SDK reads it";
constexpr std::string_view k_inverse =
    "is an application's own variable; the switch of SDKs is OTEL_SDK_DISABLED, the other way "
    "round";
constexpr std::string_view k_use_disabled = "set OTEL_SDK_DISABLED=true to switch telemetry off";
constexpr std::string_view k_use_endpoint =
    "did you mean OTEL_EXPORTER_OTLP_ENDPOINT? SDKs read that one";
constexpr std::string_view k_use_sampler =
    "set OTEL_TRACES_SAMPLER=parentbased_traceidratio and OTEL_TRACES_SAMPLER_ARG";
constexpr std::string_view k_use_console = "set OTEL_TRACES_EXPORTER=otlp,console to see spans";
constexpr std::string_view k_use_exporter =
    "set OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER or OTEL_LOGS_EXPORTER";
constexpr std::string_view k_use_resource = "put it into OTEL_RESOURCE_ATTRIBUTES";

// Seen in application code and deployment files (the seeds' among them), by name.
constexpr std::array<ForeignName, 32> k_foreign{{
    {"COLLECTOR_OTLP_ENABLED", "is a switch of the Jaeger v1 server; Jaeger v2 ignores it",
     "remove it: OTLP is always on there"},
    {"OTEL_COLLECTOR_ENDPOINT", k_no_sdk, k_use_endpoint},
    {"OTEL_COLLECTOR_URL", k_no_sdk, k_use_endpoint},
    {"OTEL_CONSOLE_EXPORT", k_no_sdk, k_use_console},
    {"OTEL_DEBUG", k_no_sdk, k_use_console},
    {"OTEL_DEPLOYMENT_ENVIRONMENT", k_no_sdk, k_use_resource, "deployment.environment.name"},
    {"OTEL_ENABLED", k_inverse, k_use_disabled},
    {"OTEL_ENDPOINT", k_no_sdk, k_use_endpoint},
    {"OTEL_ENVIRONMENT", k_no_sdk, k_use_resource, "deployment.environment.name"},
    {"OTEL_EXPORTER", k_no_sdk, k_use_exporter},
    {"OTEL_EXPORTER_ENDPOINT", k_no_sdk, k_use_endpoint},
    {"OTEL_EXPORTER_HEADERS", k_no_sdk, "did you mean OTEL_EXPORTER_OTLP_HEADERS?"},
    {"OTEL_EXPORTER_PROTOCOL", k_no_sdk, "did you mean OTEL_EXPORTER_OTLP_PROTOCOL?"},
    {"OTEL_EXPORTER_TYPE", k_no_sdk, k_use_exporter},
    {"OTEL_HEADERS", k_no_sdk, "did you mean OTEL_EXPORTER_OTLP_HEADERS?"},
    {"OTEL_HOST", k_no_sdk, k_use_endpoint},
    {"OTEL_LOG_SPANS", k_no_sdk, k_use_console},
    {"OTEL_OTLP_ENDPOINT", k_no_sdk, k_use_endpoint},
    {"OTEL_SAMPLE_RATE", k_no_sdk, k_use_sampler},
    {"OTEL_SAMPLER_RATIO", k_no_sdk, k_use_sampler},
    {"OTEL_SAMPLING_RATE", k_no_sdk, k_use_sampler},
    {"OTEL_SAMPLING_RATIO", k_no_sdk, k_use_sampler},
    {"OTEL_SDK_ENABLED", k_inverse, k_use_disabled},
    {"OTEL_SERVICE_INSTANCE_ID", k_no_sdk, k_use_resource, "service.instance.id"},
    {"OTEL_SERVICE_NAMESPACE", k_no_sdk, k_use_resource, "service.namespace"},
    {"OTEL_SERVICE_VERSION", k_no_sdk, k_use_resource, "service.version"},
    {"OTEL_TELEMETRY_ENABLED", k_inverse, k_use_disabled},
    {"OTEL_TRACES_ENABLED", k_inverse, "set OTEL_TRACES_EXPORTER=none to switch traces off"},
    {"OTEL_TRACES_SAMPLER_RATIO", k_no_sdk, k_use_sampler},
    {"OTEL_TRACES_SAMPLE_RATE", k_no_sdk, k_use_sampler},
    {"OTEL_TRACING_ENABLED", k_inverse, "set OTEL_TRACES_EXPORTER=none to switch traces off"},
    {"OTLP_ENDPOINT", k_no_sdk, k_use_endpoint},
}};

// Specification 1.23.0 announced and 1.32.0 made the end of the Jaeger exporter; 1.52.0 deprecated
// Zipkin's; 1.2.0 renamed *_SPAN_* and *_METRIC_*.
constexpr std::array<FormerName, 7> k_former{{
    {"OTEL_EXPERIMENTAL_CONFIG_FILE", false, "is now called OTEL_CONFIG_FILE", "rename it",
     "OTEL_CONFIG_FILE"},
    {"OTEL_EXPORTER_JAEGER_", true, "is of the Jaeger exporter, which SDKs have no more",
     "send OTLP to Jaeger: OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:4317"},
    {"OTEL_EXPORTER_OTLP_METRIC_INSECURE", false, "is obsolete",
     "set OTEL_EXPORTER_OTLP_METRICS_INSECURE", "OTEL_EXPORTER_OTLP_METRICS_INSECURE"},
    {"OTEL_EXPORTER_OTLP_METRIC_", true, "is obsolete", "write METRICS in place of METRIC"},
    {"OTEL_EXPORTER_OTLP_SPAN_INSECURE", false, "is obsolete",
     "set OTEL_EXPORTER_OTLP_TRACES_INSECURE", "OTEL_EXPORTER_OTLP_TRACES_INSECURE"},
    {"OTEL_EXPORTER_OTLP_SPAN_", true, "is obsolete", "write TRACES in place of SPAN"},
    {"OTEL_EXPORTER_ZIPKIN_", true,
     "is of the Zipkin exporter, which is deprecated and goes in December 2026",
     "send OTLP to a Collector that has a Zipkin exporter"},
}};

}  // namespace

const ForeignName* find_foreign_name(std::string_view name) {
  const auto* const found = std::lower_bound(
      k_foreign.begin(), k_foreign.end(), name,
      [](const ForeignName& row, std::string_view wanted) { return row.name < wanted; });
  return found != k_foreign.end() && found->name == name ? found : nullptr;
}

const FormerName* find_former_name(std::string_view name) {
  const auto* const found =
      std::find_if(k_former.begin(), k_former.end(), [&](const FormerName& row) {
        return row.is_prefix ? name.starts_with(row.name) : name == row.name;
      });
  return found == k_former.end() ? nullptr : found;
}

}  // namespace otelctl::settings
