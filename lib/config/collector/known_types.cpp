// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The components of the distributions otelcol, otelcol-contrib and otelcol-k8s: the types that
// reports/distributions/*.yaml of opentelemetry-collector and -contrib 0.155.0 name, and those of
// otelcol-contrib's builder manifest for 0.136.0 (opentelemetry-collector-releases) that have left
// since: bigip, carbon and sapm (exporters), coralogix, ecstaskobserver, sumologic (extension).
// awscontainerinsight and experimental_metricsgeneration are other names of two of them, by the
// changelog (0.142, 0.112). '_' does not count: many names have won it since.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/collector/changes.hpp"

namespace otelctl::config::collector {
namespace {

constexpr std::string_view k_receivers =
    "active_directory_ds active_directory_inv aerospike apache apache_spark aws_lambda "
    "awscloudwatch awscontainerinsight awscontainerinsightreceiver awsecscontainermetrics "
    "awsfirehose awss3 awsxray azure_blob azure_event_hub azure_monitor bigip carbon chrony "
    "cisco_os cloud_foundry cloudflare collectd couchdb datadog docker_stats elasticsearch "
    "envoy_als expvar faro file_log file_stats flink_metrics fluent_forward github gitlab "
    "google_cloud_spanner googlecloudmonitoring googlecloudpubsub haproxy host_metrics "
    "http_check iis influxdb jaeger jmx journald k8s_cluster k8s_events k8s_objects kafka "
    "kafka_metrics kubelet_stats libhoney loki macos_unified_logging memcached mongodb "
    "mongodb_atlas mysql named_pipe netflow nginx nop nsxt ntp oracledb otelarrow otlp "
    "otlp_json_file podman_stats postgresql pprof prometheus prometheus_remote_write "
    "prometheus_simple pulsar purefa purefb rabbitmq receiver_creator redis riak saphana "
    "signalfx skywalking snmp snowflake solace splunk_enterprise splunk_hec sqlquery sqlserver "
    "ssh_check statsd stef syslog systemd tcp_check tcp_log tls_check udp_log vcenter wavefront "
    "webhook_event windows_event_log windows_service windowsperfcounters yang_grpc zipkin "
    "zookeeper";

constexpr std::string_view k_processors =
    "attributes batch cardinality_guardian coralogix cumulativetodelta deltatocumulative "
    "deltatorate drain experimental_metricsgeneration filter gen_ai_normalizer geoip "
    "groupbyattrs groupbytrace interval isolationforest k8s_attributes log_dedup memory_limiter "
    "metric_start_time metrics_transform metricsgeneration probabilistic_sampler redaction "
    "remotetap resource resource_detection schema span spanpruning sumologic tail_sampling "
    "transform unroll";

constexpr std::string_view k_exporters =
    "alibabacloud_logservice awscloudwatchlogs awsemf awskinesis awss3 awsxray azure_blob "
    "azuredataexplorer azuremonitor bmc_helix carbon cassandra clickhouse coralogix datadog "
    "dataset debug doris elasticsearch faro file google_cloud_storage googlecloud "
    "googlecloudpubsub googlemanagedprometheus honeycomb_marker influxdb kafka load_balancing "
    "logicmonitor logzio mezmo nop opensearch otelarrow otlp otlp_grpc otlp_http prometheus "
    "prometheus_remote_write pulsar rabbitmq sapm sentry signalfx splunk_hec stef sumologic "
    "syslog tencentcloud_logservice tinybird zipkin";

constexpr std::string_view k_connectors =
    "count datadog exceptions failover forward grafanacloud otlp_json round_robin routing "
    "service_graph signal_to_metrics span_metrics sum";

constexpr std::string_view k_extensions =
    "ack asapclient aws_logs_encoding awscloudwatchmetricstreams_encoding awsproxy azure_auth "
    "azure_encoding basicauth bearertokenauth cgroup_runtime datadog db_storage docker_observer "
    "ecs_observer ecstaskobserver file_storage google_cloud_logentry_encoding googleclientauth "
    "headers_setter health_check host_observer http_forwarder jaeger_encoding "
    "jaegerremotesampling json_log_encoding k8s_leader_elector k8s_observer "
    "kafkatopics_observer oauth2client oidc opamp otlp_encoding pebble_tail_storage pprof "
    "redis_storage sigv4auth skywalking_encoding sumologic text_encoding zipkin_encoding zpages";

std::string_view types_of(Section section) {
  static constexpr std::array<std::string_view, k_section_count> k_types{
      k_receivers, k_processors, k_exporters, k_connectors, k_extensions};
  return k_types[static_cast<std::size_t>(section)];
}

std::string without_underscores(std::string_view text) {
  std::string plain(text);
  plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
  return plain;
}

std::vector<std::string> list_of(Section section) {
  const auto parts = split(types_of(section), ' ');
  return {parts.begin(), parts.end()};
}

}  // namespace

bool is_known_type(Section section, std::string_view type) {
  static const auto k_plain = [] {
    std::array<std::string, k_section_count> lists;
    for (const Section each : k_sections) {
      lists[static_cast<std::size_t>(each)] = " " + without_underscores(types_of(each)) + " ";
    }
    return lists;
  }();
  const std::string& types = k_plain[static_cast<std::size_t>(section)];
  return types.find(" " + without_underscores(type) + " ") != std::string::npos;
}

std::string nearest_types(Section section, std::string_view type) {
  return did_you_mean(type, list_of(section));
}

}  // namespace otelctl::config::collector
