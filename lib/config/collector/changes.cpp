// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/changes.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

namespace otelctl::config::collector {
namespace {

using enum Section;

constexpr CollectorVersion release(unsigned minor) {
  return {0, minor, 0};
}

constexpr ComponentChange k_removed[] = {
    {exporters, "jaeger", "otlp_grpc", release(86),
     "Jaeger takes OTLP: use an otlp_grpc exporter to port 4317 of the same host"},
    {exporters, "jaeger_thrift", "otlp_http", release(86),
     "Jaeger takes OTLP: use an otlp_http exporter to port 4318 of the same host"},
    {exporters, "logging", "debug", release(111),
     "use the debug exporter; its verbosity (basic, normal, detailed) stands in for loglevel"},
    {extensions, "memory_ballast", "", release(109),
     "use the memory_limiter processor and the variable GOMEMLIMIT"},
    {processors, "servicegraph", "", release(94), "use the connector service_graph"},
    {processors, "spanmetrics", "", release(96), "use the connector span_metrics"},
    {processors, "routing", "", release(133), "use the connector routing"},
    {exporters, "loki", "otlp_http", release(131),
     "Loki takes OTLP since its version 3: use an otlp_http exporter"},
    {receivers, "opencensus", "otlp", release(134), "use the otlp receiver, and send OTLP to it"},
    {exporters, "opencensus", "otlp_grpc", release(134), "use an otlp_grpc exporter"},
    {exporters, "carbon", "", release(141), "no other component stands in for it"},
    {receivers, "bigip", "", release(147), "no other component stands in for it"},
    {exporters, "sapm", "otlp_http", release(148), "use an otlp_http exporter"},
};

// The old names stay as aliases. Those of the core are from its changelog, the others from that of
// contrib (and `deprecated_type` of the metadata.yaml where the changelog leaves the old name out).
constexpr ComponentChange k_renamed[] = {
    {exporters, "otlp", "otlp_grpc", release(144), {}},
    {exporters, "otlphttp", "otlp_http", release(144), {}},
    {processors, "genainormalizer", "gen_ai_normalizer", release(153), {}},
    {processors, "k8sattributes", "k8s_attributes", release(146), {}},
    {processors, "logdedup", "log_dedup", release(151), {}},
    {processors, "metricstarttime", "metric_start_time", release(148), {}},
    {processors, "metricstransform", "metrics_transform", release(152), {}},
    {processors, "resourcedetection", "resource_detection", release(153), {}},
    {receivers, "apachespark", "apache_spark", release(154), {}},
    {receivers, "awslambda", "aws_lambda", release(152), {}},
    {receivers, "azureblob", "azure_blob", release(148), {}},
    {receivers, "azureeventhub", "azure_event_hub", release(145), {}},
    {receivers, "azuremonitor", "azure_monitor", release(148), {}},
    {receivers, "ciscoos", "cisco_os", release(148), {}},
    {receivers, "cloudfoundry", "cloud_foundry", release(152), {}},
    {receivers, "envoyals", "envoy_als", release(154), {}},
    {receivers, "filelog", "file_log", release(149), {}},
    {receivers, "filestats", "file_stats", release(151), {}},
    {receivers, "flinkmetrics", "flink_metrics", release(155), {}},
    {receivers, "fluentforward", "fluent_forward", release(151), {}},
    {receivers, "googlecloudspanner", "google_cloud_spanner", release(152), {}},
    {receivers, "hostmetrics", "host_metrics", release(151), {}},
    {receivers, "httpcheck", "http_check", release(150), {}},
    {receivers, "k8sobjects", "k8s_objects", release(151), {}},
    {receivers, "kafkametrics", "kafka_metrics", release(152), {}},
    {receivers, "kubeletstats", "kubelet_stats", release(152), {}},
    {receivers, "macosunifiedlogging", "macos_unified_logging", release(148), {}},
    {receivers, "mongodbatlas", "mongodb_atlas", release(145), {}},
    {receivers, "namedpipe", "named_pipe", release(150), {}},
    {receivers, "otlpjsonfile", "otlp_json_file", release(154), {}},
    {receivers, "prometheusremotewrite", "prometheus_remote_write", release(148), {}},
    {receivers, "splunkenterprise", "splunk_enterprise", release(155), {}},
    {receivers, "sshcheck", "ssh_check", release(151), {}},
    {receivers, "tcpcheck", "tcp_check", release(152), {}},
    {receivers, "tcplog", "tcp_log", release(150), {}},
    {receivers, "tlscheck", "tls_check", release(150), {}},
    {receivers, "udplog", "udp_log", release(150), {}},
    {receivers, "webhookevent", "webhook_event", release(154), {}},
    {receivers, "windowseventlog", "windows_event_log", release(150), {}},
    {receivers, "windowsservice", "windows_service", release(154), {}},
    {receivers, "yanggrpc", "yang_grpc", release(148), {}},
    {exporters, "azureblob", "azure_blob", release(148), {}},
    {exporters, "bmchelix", "bmc_helix", release(152), {}},
    {exporters, "googlecloudstorage", "google_cloud_storage", release(148), {}},
    {exporters, "honeycombmarker", "honeycomb_marker", release(151), {}},
    {exporters, "loadbalancing", "load_balancing", release(153), {}},
    {exporters, "prometheusremotewrite", "prometheus_remote_write", release(154), {}},
    {connectors, "otlpjson", "otlp_json", release(152), {}},
    {connectors, "roundrobin", "round_robin", release(152), {}},
    {connectors, "servicegraph", "service_graph", release(151), {}},
    {connectors, "signaltometrics", "signal_to_metrics", release(146), {}},
    {connectors, "spanmetrics", "span_metrics", release(151), {}},
    {extensions, "awslogs_encoding", "aws_logs_encoding", release(148), {}},
    {extensions, "azureauth", "azure_auth", release(148), {}},
    {extensions, "cgroupruntime", "cgroup_runtime", release(148), {}},
    {extensions,
     "googlecloudlogentry_encoding",
     "google_cloud_logentry_encoding",
     release(148),
     {}},
};

constexpr SettingChange k_removed_settings[] = {
    {"service", "telemetry", "metrics.address", release(123),
     "write it under metrics.readers: a pull reader with exporter.prometheus.host and .port"},
    {"exporters", "", "batcher", release(130), "use sending_queue.batch"},
};

struct KeyHint {
  std::string_view section;
  std::string_view type;  // empty for every type
  std::string_view path;
  std::string_view help;
};

constexpr KeyHint k_hints[] = {
    {"exporters", "debug", "loglevel",
     "did you mean 'verbosity'? its values are basic, normal and "
     "detailed"},
    {"exporters", "", "insecure", "it belongs under tls"},
    {"exporters", "", "insecure_skip_verify", "it belongs under tls"},
    {"exporters", "", "ca_file", "it belongs under tls"},
    {"exporters", "", "cert_file", "it belongs under tls"},
    {"exporters", "", "key_file", "it belongs under tls"},
    {"exporters", "", "queue", "did you mean 'sending_queue'?"},
    {"exporters", "", "retry", "did you mean 'retry_on_failure'?"},
    {"exporters", "", "url", "did you mean 'endpoint'?"},
    {"receivers", "otlp", "endpoint", "it belongs under protocols.grpc or protocols.http"},
    {"receivers", "otlp", "grpc", "it belongs under protocols"},
    {"receivers", "otlp", "http", "it belongs under protocols"},
    {"processors", "resource", "actions", "did you mean 'attributes'?"},
    {"processors", "attributes", "attributes", "did you mean 'actions'?"},
    {"extensions", "health_check", "port", "write endpoint: HOST:PORT"},
};

constexpr unsigned k_t = 1;
constexpr unsigned k_m = 2;
constexpr unsigned k_l = 4;

struct Support {
  Section section;
  std::string_view type;  // without '_'
  unsigned signals;
};

// Components that do not take part in every signal, from the `stability` of their metadata.yaml:
// at 0.155.0 for hostmetrics, kubeletstats, span and tailsampling, at 0.140 for jaeger, zipkin
// (receivers) and prometheus (exporter), at some version each for the others, none of which has
// won a signal by the changelog up to 0.155.0 or by the tables of opentelemetry.io; but mysql:
// logs are from the latter. What is in development counts.
constexpr Support k_support[] = {
    {receivers, "prometheus", k_m},
    {receivers, "hostmetrics", k_m | k_l},
    {receivers, "kubeletstats", k_m},
    {receivers, "dockerstats", k_m},
    {receivers, "statsd", k_m},
    {receivers, "postgresql", k_m | k_l},
    {receivers, "mysql", k_m | k_l},
    {receivers, "redis", k_m},
    {receivers, "nginx", k_m},
    {receivers, "kafkametrics", k_m},
    {receivers, "httpcheck", k_m},
    {receivers, "tcpcheck", k_m},
    {receivers, "filelog", k_l},
    {receivers, "tcplog", k_l},
    {receivers, "udplog", k_l},
    {receivers, "syslog", k_l},
    {receivers, "journald", k_l},
    {receivers, "windowseventlog", k_l},
    {receivers, "fluentforward", k_l},
    {receivers, "loki", k_l},
    {receivers, "k8sevents", k_l},
    {receivers, "zipkin", k_t},
    {receivers, "jaeger", k_t},
    {receivers, "awsxray", k_t},
    {processors, "tailsampling", k_t},
    {processors, "groupbytrace", k_t},
    {processors, "span", k_t},
    {processors, "probabilisticsampler", k_t | k_l},
    {processors, "metricstransform", k_m},
    {processors, "cumulativetodelta", k_m},
    {processors, "deltatocumulative", k_m},
    {processors, "deltatorate", k_m},
    {processors, "interval", k_m},
    {processors, "logdedup", k_l},
    {exporters, "prometheus", k_m},
    {exporters, "prometheusremotewrite", k_m},
    {exporters, "zipkin", k_t},
    {exporters, "awsxray", k_t},
    {exporters, "awscloudwatchlogs", k_l},
    {exporters, "awsemf", k_m},
    {exporters, "syslog", k_l},
};

struct Connection {
  std::string_view type;  // without '_'
  unsigned from;
  unsigned to;
  bool is_same;  // each signal to itself only
};

// From the `stability` of their metadata.yaml (`traces_to_metrics`): at 0.155.0 for forward, count
// and signaltometrics, at some version each for the others.
constexpr Connection k_connections[] = {
    {"forward", 15, 15, true},
    {"routing", 7, 7, true},
    {"failover", 7, 7, true},
    {"roundrobin", 7, 7, true},
    {"spanmetrics", k_t, k_m, false},
    {"servicegraph", k_t, k_m, false},
    {"count", 15, k_m, false},
    {"sum", 7, k_m, false},
    {"exceptions", k_t, k_m | k_l, false},
    {"signaltometrics", 15, k_m, false},
    {"datadog", k_t, k_t | k_m, false},
    {"grafanacloud", k_t, k_m, false},
    {"otlpjson", k_l, 7, false},
};

std::string plain(std::string_view type) {
  std::string text(type);
  text.erase(std::remove(text.begin(), text.end(), '_'), text.end());
  return text;
}

template <std::size_t Size>
const ComponentChange* find_change(const ComponentChange (&changes)[Size], Section section,
                                   std::string_view ComponentChange::*name, std::string_view type) {
  const auto* const found =
      std::find_if(std::begin(changes), std::end(changes), [&](const ComponentChange& change) {
        return change.section == section && change.*name == type;
      });
  return found == std::end(changes) ? nullptr : found;
}

}  // namespace

const ComponentChange* removal_of(Section section, std::string_view type,
                                  const CollectorVersion& version) {
  const auto* const change = find_change(k_removed, section, &ComponentChange::old_type, type);
  return change != nullptr && version >= change->since ? change : nullptr;
}

const ComponentChange* renaming_of(Section section, std::string_view type,
                                   const CollectorVersion& version) {
  const auto* const change = find_change(k_renamed, section, &ComponentChange::old_type, type);
  return change != nullptr && version >= change->since ? change : nullptr;
}

const ComponentChange* later_name(Section section, std::string_view type,
                                  const CollectorVersion& version) {
  const auto* const change = find_change(k_renamed, section, &ComponentChange::new_type, type);
  return change != nullptr && version < change->since ? change : nullptr;
}

const SettingChange* removed_setting(std::string_view section, std::string_view type,
                                     std::string_view path, const CollectorVersion& version) {
  const auto* const found = std::find_if(
      std::begin(k_removed_settings), std::end(k_removed_settings),
      [&](const SettingChange& change) {
        return change.section == section && (change.type.empty() || change.type == type) &&
               change.path == path && version >= change.since;
      });
  return found == std::end(k_removed_settings) ? nullptr : found;
}

std::vector<CollectorVersion> versions_with_changes() {
  std::vector<CollectorVersion> versions{CollectorVersion{}};
  const auto add = [&](const auto& change) { versions.push_back(change.since); };
  std::for_each(std::begin(k_removed), std::end(k_removed), add);
  std::for_each(std::begin(k_renamed), std::end(k_renamed), add);
  std::for_each(std::begin(k_removed_settings), std::end(k_removed_settings), add);
  std::sort(versions.begin(), versions.end(), std::greater<>());
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  return versions;
}

std::string_view hint_for_key(std::string_view section, std::string_view type,
                              std::string_view path) {
  const auto* const found =
      std::find_if(std::begin(k_hints), std::end(k_hints), [&](const KeyHint& hint) {
        return hint.section == section && (hint.type.empty() || hint.type == type) &&
               hint.path == path;
      });
  return found == std::end(k_hints) ? std::string_view() : found->help;
}

std::optional<unsigned> signals_of(Section section, std::string_view type) {
  const std::string name = plain(type);
  const auto* const found = std::find_if(
      std::begin(k_support), std::end(k_support),
      [&](const Support& support) { return support.section == section && support.type == name; });
  return found == std::end(k_support) ? std::nullopt : std::optional(found->signals);
}

bool connects(std::string_view type, PipelineSignal from, PipelineSignal to) {
  const std::string name = plain(type);
  const auto* const found =
      std::find_if(std::begin(k_connections), std::end(k_connections),
                   [&](const Connection& connection) { return connection.type == name; });
  if (found == std::end(k_connections)) {
    return true;
  }
  const bool takes = (found->from & static_cast<unsigned>(from)) != 0;
  const bool gives = (found->to & static_cast<unsigned>(to)) != 0;
  return takes && gives && (!found->is_same || from == to);
}

}  // namespace otelctl::config::collector
