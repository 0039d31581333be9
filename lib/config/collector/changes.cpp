// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/changes.hpp"

#include <algorithm>

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
};

// `since` is exact for the two names of the core; for the others, which were renamed one by one
// from 0.146 on, it is the version in which all of them had their new name.
constexpr unsigned k_otlp_names = 144;
constexpr unsigned k_contrib_names = 153;
constexpr ComponentChange k_renamed[] = {
    {exporters, "otlp", "otlp_grpc", release(k_otlp_names), {}},
    {exporters, "otlphttp", "otlp_http", release(k_otlp_names), {}},
    {processors, "k8sattributes", "k8s_attributes", release(k_contrib_names), {}},
    {processors, "resourcedetection", "resource_detection", release(k_contrib_names), {}},
    {processors, "metricstransform", "metrics_transform", release(k_contrib_names), {}},
    {receivers, "filelog", "file_log", release(k_contrib_names), {}},
    {receivers, "hostmetrics", "host_metrics", release(k_contrib_names), {}},
    {receivers, "kubeletstats", "kubelet_stats", release(k_contrib_names), {}},
    {receivers, "kafkametrics", "kafka_metrics", release(k_contrib_names), {}},
    {receivers, "cloudfoundry", "cloud_foundry", release(k_contrib_names), {}},
    {receivers, "tcpcheck", "tcp_check", release(k_contrib_names), {}},
    {connectors, "spanmetrics", "span_metrics", release(k_contrib_names), {}},
    {extensions, "cgroupruntime", "cgroup_runtime", release(k_contrib_names), {}},
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

// Components that do not take part in every signal; from the `stability` of their metadata.yaml.
constexpr Support k_support[] = {
    {receivers, "prometheus", k_m},
    {receivers, "hostmetrics", k_m},
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
    {exporters, "awsemf", k_m | k_l},
    {exporters, "syslog", k_l},
};

struct Connection {
  std::string_view type;  // without '_'
  unsigned from;
  unsigned to;
  bool is_same;  // each signal to itself only
};

// From the tables of their README.md ("Exporter pipeline type", "Receiver pipeline type").
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
  const bool is_exact = change != nullptr && change->since == release(k_otlp_names);
  return is_exact && version < change->since ? change : nullptr;
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
