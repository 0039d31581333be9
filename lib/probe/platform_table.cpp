// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/platform_table.hpp"

#include <algorithm>
#include <string>

#include "base/glob.hpp"
#include "base/text.hpp"

namespace otelctl::probe {
namespace {

constexpr std::string_view k_authorization = "authorization";

constexpr Platform k_platforms[] = {
    // docs.honeycomb.io/send-data/traces: gRPC, http/protobuf and http/json; EU is api.eu1.
    {.name = "Honeycomb",
     .hosts = "api.honeycomb.io api.*.honeycomb.io",
     .base_path = "",
     .ports = "443",
     .key = {"x-honeycomb-team", "", "KEY"},
     .key_origin = "an API key of the environment with the right Send Events; keys of the EU work "
                   "at api.eu1.honeycomb.io only"},
    // docs.newrelic.com/docs/opentelemetry/best-practices/opentelemetry-otlp
    {.name = "New Relic",
     .hosts = "otlp.nr-data.net otlp.*.nr-data.net *-otlp.nr-data.net",
     .base_path = "",
     .ports = "443 4317 4318",
     .key = {"api-key", "", "LICENSE_KEY"},
     .key_origin = "the license (ingest) key of the account, not a user key; accounts of the EU "
                   "use otlp.eu01.nr-data.net"},
    // docs.datadoghq.com/opentelemetry/setup/otlp_ingest: traces take http/protobuf only, metrics
    // JSON as well.
    {.name = "Datadog",
     .hosts = "otlp.datadoghq.com otlp.*.datadoghq.com otlp.datadoghq.eu otlp.ddog-gov.com",
     .intake = Intake::http_protobuf,
     .base_path = "",
     .ports = "443",
     .key = {"dd-api-key", "", "API_KEY"},
     .key_origin = "an API key (not an application key) of the organisation, and of the site in "
                   "the host's name; the intake of traces is in preview and must be opened by "
                   "Datadog",
     .intake_hint = "or send to a Datadog Agent or Collector, which take gRPC"},
    {.name = "Datadog",
     .hosts = "*.agent.datadoghq.com *.agent.*.datadoghq.com *.agent.datadoghq.eu",
     .intake = Intake::none,
     .intake_hint = "that host takes the Agent's own format; OTLP goes to a Datadog Agent or "
                    "Collector (4317, 4318), or to https://otlp.SITE over http/protobuf with the "
                    "header dd-api-key"},
    // langfuse.com/docs/opentelemetry; langfuse/langfuse#5903: Bearer gives 401.
    {.name = "Langfuse",
     .hosts = "cloud.langfuse.com *.cloud.langfuse.com",
     .intake = Intake::http,
     .base_path = "/api/public/otel",
     .ports = "443",
     .key = {k_authorization, "Basic", "Basic BASE64"},
     .key_origin = "BASE64 encodes PUBLIC_KEY:SECRET_KEY (pk-lf-...:sk-lf-...) of the project; "
                   "Bearer gives 401, and keys belong to one region's host"},
    {.name = "Langfuse",
     .path_mark = "/api/public/otel",
     .intake = Intake::http,
     .key = {k_authorization, "Basic", "Basic BASE64"},
     .key_origin = "BASE64 encodes PUBLIC_KEY:SECRET_KEY (pk-lf-...:sk-lf-...) of the project; "
                   "Bearer gives 401"},
    // docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html and
    // docs.aws.amazon.com/xray/latest/devguide/xray-opentelemetry-bearer-token.html
    {.name = "AWS X-Ray",
     .hosts = "xray.*.amazonaws.com xray.*.amazonaws.com.cn",
     .intake = Intake::http,
     .only = "traces",
     .base_path = "",
     .ports = "443",
     .key = {k_authorization, "Bearer", "Bearer API_KEY"},
     .key_origin = "an X-Ray API key; credentials of IAM must sign each request (SigV4), which "
                   "otelctl does not do: a Collector or ADOT with the sigv4auth extension does",
     .key_message = "wants requests that are signed (SigV4), which otelctl does not do",
     .key_hint = "send to a Collector or ADOT with the sigv4auth extension, or give an X-Ray API "
                 "key: --header authorization='Bearer API_KEY'",
     .intake_hint = "a Collector takes gRPC"},
    {.name = "AWS CloudWatch Logs",
     .hosts = "logs.*.amazonaws.com logs.*.amazonaws.com.cn",
     .intake = Intake::http,
     .only = "logs",
     .base_path = "",
     .ports = "443",
     .key = {k_authorization, "Bearer", "Bearer API_KEY"},
     .second = {"x-aws-log-group", "", "GROUP"},
     .key_origin = "an API key that the log group allows, with the headers x-aws-log-group and "
                   "x-aws-log-stream; credentials of IAM must sign each request (SigV4), which "
                   "otelctl does not do",
     .key_message = "wants requests that are signed (SigV4), which otelctl does not do",
     .key_hint = "send to a Collector or ADOT with the sigv4auth extension, or give an API key: "
                 "--header authorization='Bearer API_KEY'",
     .intake_hint = "a Collector takes gRPC"},
    // grafana.com/docs/grafana-cloud/send-data/otlp; grafana/k8s-monitoring-helm#977 and
    // grafana/alloy#5565: the gateway speaks HTTP only.
    {.name = "Grafana Cloud",
     .hosts = "otlp-gateway-*.grafana.net",
     .intake = Intake::http,
     .base_path = "/otlp",
     .ports = "443",
     .key = {k_authorization, "Basic", "Basic BASE64"},
     .key_origin = "BASE64 encodes INSTANCE_ID:TOKEN, both on the OpenTelemetry card of the "
                   "stack; the token is of an access policy with traces:write (metrics:write, "
                   "logs:write)"},
    // open-telemetry/opentelemetry-collector#5235
    {.name = "Grafana Cloud Traces",
     .hosts = "tempo-*.grafana.net",
     .intake = Intake::grpc,
     .ports = "443",
     .key = {k_authorization, "Basic", "Basic BASE64"},
     .key_origin = "BASE64 encodes USER:TOKEN, both on the Tempo card of the stack",
     .intake_hint = "for HTTP use https://otlp-gateway-ZONE.grafana.net/otlp"},
    // docs.cloud.google.com/stackdriver/docs/otlp/overview
    {.name = "Google Cloud",
     .hosts = "telemetry.googleapis.com",
     .base_path = "",
     .ports = "443",
     .key = {k_authorization, "Bearer", "Bearer ACCESS_TOKEN"},
     .key_origin = "an OAuth token with the scope trace.append or cloud-platform (gcloud auth "
                   "print-access-token), which lasts an hour; the header x-goog-user-project "
                   "names the project"},
    // learn.microsoft.com/azure/azure-monitor/containers/opentelemetry-protocol-ingestion
    {.name = "Azure Monitor",
     .hosts = "*.ingest.monitor.azure.com",
     .intake = Intake::http,
     .ports = "443",
     .key = {k_authorization, "Bearer", "Bearer ACCESS_TOKEN"},
     .key_origin = "a Microsoft Entra token for https://monitor.azure.com, which does not last; a "
                   "Collector with the azure_auth extension fetches it"},
    // docs.dynatrace.com/docs/ingest-from/opentelemetry/otlp-api: no gRPC
    {.name = "Dynatrace",
     .hosts = "*.live.dynatrace.com",
     .intake = Intake::http,
     .base_path = "/api/v2/otlp",
     .ports = "443",
     .key = {k_authorization, "Api-Token", "Api-Token TOKEN"},
     .key_origin = "an access token with the scope openTelemetryTrace.ingest (metrics.ingest, "
                   "logs.ingest)"},
    // help.splunk.com: "Send traces to Splunk Observability Cloud using the gRPC endpoint"
    {.name = "Splunk Observability Cloud",
     .hosts = "ingest.*.signalfx.com ingest.*.observability.splunkcloud.com",
     .paths = {"/v2/trace/otlp", "/v2/datapoint/otlp", ""},
     .ports = "443",
     .key = {"x-sf-token", "", "ACCESS_TOKEN"},
     .key_origin = "an access token of the organisation with the scope ingest, of the realm in "
                   "the host's name"},
    // elastic.co/docs/reference/managed-inputs/managed-otlp-endpoint
    {.name = "Elastic Cloud",
     .hosts = "*.ingest.*.elastic.cloud",
     .base_path = "",
     .ports = "443",
     .key = {k_authorization, "ApiKey", "ApiKey KEY"},
     .key_origin = "an API key made at Add data > OpenTelemetry; Bearer is for the older APM "
                   "endpoint"},
    // signoz.io/docs/ingestion/signoz-cloud/overview: both protocols on 443, always TLS
    {.name = "SigNoz Cloud",
     .hosts = "ingest.*.signoz.cloud",
     .base_path = "",
     .ports = "443",
     .key = {"signoz-ingestion-key", "", "KEY"},
     .former_key = "signoz-access-token",
     .key_origin = "an ingestion key (Settings > Ingestion) of the region in the host's name"},
    // uptrace.dev/get: gRPC on 4317, HTTP on 443
    {.name = "Uptrace",
     .hosts = "api.uptrace.dev",
     .base_path = "",
     .ports = "443 4317",
     .key = {"uptrace-dsn", "", "DSN"},
     .key_origin = "the project's whole DSN (https://TOKEN@api.uptrace.dev?grpc=4317)"},
    // dash0.com/hub/integrations/int_otlp: gRPC on 4317, HTTP on 443
    {.name = "Dash0",
     .hosts = "ingress.*.dash0.com",
     .base_path = "",
     .ports = "443 4317",
     .key = {k_authorization, "Bearer", "Bearer AUTH_TOKEN"},
     .key_origin = "an auth token with the right to ingest (Settings > Auth Tokens); one that is "
                   "limited to a dataset needs the header dash0-dataset too"},
    // axiom.co/docs/send-data/opentelemetry
    {.name = "Axiom",
     .hosts = "api.axiom.co",
     .base_path = "",
     .ports = "443",
     .key = {k_authorization, "Bearer", "Bearer API_TOKEN"},
     .second = {"x-axiom-dataset", "", "DATASET"},
     .key_origin = "an API token that may ingest into the dataset which the header "
                   "x-axiom-dataset names"},
    // logfire.pydantic.dev/docs/how-to-guides/alternative-clients: the bare token
    {.name = "Pydantic Logfire",
     .hosts = "logfire-us.pydantic.dev logfire-eu.pydantic.dev logfire-api.pydantic.dev",
     .intake = Intake::http,
     .base_path = "",
     .ports = "443",
     .key = {k_authorization, "", "WRITE_TOKEN"},
     .key_origin = "a write token of the project, and of the region in the host's name"},
    // docs.langchain.com/langsmith/trace-with-opentelemetry
    {.name = "LangSmith",
     .hosts = "api.smith.langchain.com *.api.smith.langchain.com",
     .intake = Intake::http,
     .base_path = "/otel",
     .ports = "443",
     .key = {"x-api-key", "", "API_KEY"},
     .key_origin = "an API key of the workspace; the header langsmith-project names the project"},
    // docs.lightstep.com/docs/ingest-metrics-otel-sdk
    {.name = "Lightstep",
     .hosts = "ingest.lightstep.com ingest.*.lightstep.com",
     .ports = "443",
     .key = {"lightstep-access-token", "", "ACCESS_TOKEN"},
     .key_origin = "an access token of the project"},
    // docs.observeinc.com/.../data-ingestion/endpoints/otel.html
    {.name = "Observe",
     .hosts = "*.collect.observeinc.com",
     .intake = Intake::http_protobuf,
     .base_path = "/v2/otel",
     .ports = "443",
     .key = {k_authorization, "Bearer", "Bearer TOKEN"},
     .key_origin = "the token of a datastream, which is not an API token"},
};

// Jaeger: jaegertracing.io/docs (getting started). Collector: opentelemetry.io/docs/collector
// (internal telemetry) and its extensions' defaults. 55680 and 55681 were OTLP's ports until 2021
// (opentelemetry-java#2910).
constexpr ForeignPort k_foreign_ports[] = {
    {1777, "the Collector's profiler (pprof)"},
    {3000, "Grafana's web page", "OTLP goes to Tempo or a Collector"},
    {3100, "Loki", "Loki takes logs", "/otlp", false},
    {3200, "Tempo's query API"},
    {5778, "Jaeger's sampling configuration"},
    {6443, "the Kubernetes API server", "aim at the Service of the Collector", "", false},
    {6831, "the Jaeger agent (Thrift over UDP), which no longer exists"},
    {6832, "the Jaeger agent (Thrift over UDP), which no longer exists"},
    {8126, "the Datadog Agent's own intake", "the Agent's OTLP receiver must be switched on"},
    {8888, "the Collector's own metrics"},
    {8889, "the Collector's Prometheus exporter"},
    {9090, "Prometheus", "Prometheus takes metrics if started with --web.enable-otlp-receiver",
     "/api/v1/otlp", false},
    {9411, "Zipkin", "Zipkin itself takes no OTLP, a Collector hands it on"},
    {9464, "an SDK's Prometheus exporter"},
    {13133, "the Collector's health check"},
    {14250, "Jaeger's own gRPC protocol"},
    {14268, "Jaeger's Thrift over HTTP"},
    {14269, "Jaeger's health check and metrics"},
    {16685, "Jaeger's query API (gRPC)"},
    {16686, "Jaeger's web page and query API"},
    {55679, "the Collector's zPages"},
    {55680, "what OTLP over gRPC had until 2021"},
    {55681, "what OTLP over HTTP had until 2021"},
};

bool has_host(const Platform& platform, std::string_view host) {
  const auto patterns = split(platform.hosts, ' ');
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return !pattern.empty() && matches_glob(pattern, host);
  });
}

}  // namespace

std::span<const Platform> platforms() {
  return k_platforms;
}

const Platform* find_platform(const settings::OtlpSettings& settings) {
  const std::string host = to_lower(settings.endpoint.host);
  const auto rows = platforms();
  auto found = std::find_if(rows.begin(), rows.end(),
                            [&](const Platform& row) { return has_host(row, host); });
  if (found == rows.end()) {
    found = std::find_if(rows.begin(), rows.end(), [&](const Platform& row) {
      return !row.path_mark.empty() &&
             settings.endpoint.path.find(row.path_mark) != std::string::npos;
    });
  }
  return found == rows.end() ? nullptr : &*found;
}

std::span<const ForeignPort> foreign_ports() {
  return k_foreign_ports;
}

}  // namespace otelctl::probe
