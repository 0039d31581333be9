// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/key_descriptions.hpp"

namespace otelctl::config {

std::string_view description_of(Key key) {
  switch (key) {
    case Key::section:
      return "What the application tells OpenTelemetry";
    case Key::enabled:
      return "Switches all telemetry on";
    case Key::service_name:
      return "Name of the service in every backend: resource attribute service.name";
    case Key::service_version:
      return "Version of the service, quoted: resource attribute service.version";
    case Key::tracing:
      return "Spans";
    case Key::tracing_enabled:
      return "Makes and exports spans";
    case Key::sampler:
      return "Which traces are kept";
    case Key::sampler_type:
      return "parentbased_traceidratio keeps traces whole over several services; traceidratio "
             "lets each service decide alone";
    case Key::sampler_ratio:
      return "Share of the traces that are kept, from 0 to 1; read by the ratio samplers only";
    case Key::propagators:
      return "How the context travels to other services";
    case Key::metrics:
      return "Metrics";
    case Key::metrics_enabled:
      return "Collects and exports metrics; needs exporters.otlp or exporters.prometheus";
    case Key::export_interval_ms:
      return "Milliseconds between two exports of metrics";
    case Key::logging:
      return "Logs";
    case Key::logging_enabled:
      return "Connects the application's logs with its traces";
    case Key::inject_trace_context:
      return "Writes trace and span ids into log lines; needs tracing";
    case Key::exporters:
      return "Where spans and metrics go; at least one has to be enabled";
    case Key::otlp:
      return "OTLP, to a Collector or any backend that speaks it";
    case Key::otlp_enabled:
      return "Exports by OTLP";
    case Key::endpoint:
      return "URL of the OTLP receiver: port 4317 is gRPC, port 4318 HTTP, which wants the whole "
             "path (/v1/traces)";
    case Key::headers:
      return "Sent with every request, such as credentials: better ${NAME} than the secret itself";
    case Key::compression:
      return "gzip or none";
    case Key::timeout_ms:
      return "Milliseconds that one export may take; 0 is no limit";
    case Key::jaeger:
      return "The Jaeger agent, which no OpenTelemetry SDK speaks to any more: use otlp";
    case Key::jaeger_enabled:
      return "Exports to the Jaeger agent; removed from the SDKs";
    case Key::agent_host:
      return "Host of the Jaeger agent";
    case Key::agent_port:
      return "UDP port of the Jaeger agent";
    case Key::prometheus:
      return "Metrics for Prometheus to fetch";
    case Key::prometheus_enabled:
      return "Serves metrics to Prometheus";
    case Key::prometheus_port:
      return "TCP port of the metrics page";
    case Key::console:
      return "The terminal, for development";
    case Key::console_enabled:
      return "Prints spans and metrics";
    case Key::pretty_print:
      return "Prints them over several lines";
    case Key::resource_attributes:
      return "More about the service, such as deployment.environment.name; values are text";
    case Key::instrumentation:
      return "Libraries whose calls become spans by themselves";
    case Key::instrument_fastapi:
      return "FastAPI";
    case Key::instrument_requests:
      return "requests";
    case Key::instrument_langchain:
      return "LangChain";
    case Key::count:
      break;
  }
  return {};
}

bool is_deprecated(Key key) {
  return key == Key::jaeger || key == Key::jaeger_enabled || key == Key::agent_host ||
         key == Key::agent_port;
}

}  // namespace otelctl::config
