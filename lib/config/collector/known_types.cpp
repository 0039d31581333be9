// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The components of the distributions otelcol, otelcol-contrib and otelcol-k8s: from
// their builder manifests (opentelemetry-collector-releases 0.136, module names), with the types
// where these differ from the module's name, and the names of the core at 0.155. '_' does not
// count: some names have lost or won it since.
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
    "activedirectoryds aerospike apache apachespark awscloudwatch awscontainerinsight "
    "awscontainerinsightreceiver awsecscontainermetrics awsfirehose awss3 awsxray azureblob "
    "azureeventhub azuremonitor bigip carbon chrony cloudflare cloudfoundry collectd couchdb "
    "datadog docker_stats elasticsearch envoyals expvar faro file_log filestats flinkmetrics "
    "fluentforward github gitlab gitproviderreceiver googlecloudmonitoring googlecloudpubsub "
    "googlecloudspanner haproxy host_metrics httpcheck icmpcheck iis influxdb jaeger jmx journald "
    "k8s_cluster k8s_events k8slog k8sobjects kafka kafka_metrics kubelet_stats libhoney loki "
    "memcached mongodb mongodbatlas mysql namedpipe netflow nginx nop nsxt ntp oracledb "
    "osquery otelarrow otlp otlpjsonfile podman podmanstats postgresql pprof prometheus "
    "prometheusremotewrite prometheussimple purefa purefb pulsar rabbitmq receiver_creator redis "
    "redfish riak saphana signalfx simpleprometheus skywalking snmp snowflake solace "
    "splunkenterprise "
    "splunk_hec sqlquery sqlserver sshcheck statsd stef syslog systemd tcpcheck tcplog tlscheck "
    "udplog vcenter vcr wavefront webhookevent windowseventlog windowsperfcounters windowsservice "
    "yanggrpc zipkin zookeeper";

constexpr std::string_view k_processors =
    "attributes batch coralogix cumulativetodelta datadogsemantics deltatocumulative deltatorate "
    "dnslookup experimentalmetricsgeneration filter geoip groupbyattrs groupbytrace interval "
    "isolationforest k8s_attributes logdedup logstransform lookup memory_limiter metricsgeneration "
    "metricstarttime metrics_transform probabilistic_sampler redaction remotetap resource "
    "resource_detection schema span spanpruning sumologic tail_sampling transform unroll";

constexpr std::string_view k_exporters =
    "alertmanager alibabacloudlogservice awscloudwatchlogs awsemf awskinesis awss3 awsxray "
    "azureblob "
    "azuredataexplorer azuremonitor bmchelix carbon cassandra clickhouse coralogix datadog dataset "
    "debug doris elasticsearch faro file googlecloud googlecloudpubsub googlecloudstorage "
    "googlemanagedprometheus honeycombmarker influxdb kafka loadbalancing logicmonitor logzio "
    "mezmo "
    "nop opensearch otelarrow otlp otlp_grpc otlp_http prometheus prometheusremotewrite pulsar "
    "rabbitmq sapm sentry signalfx splunk_hec stef sumologic syslog tencentcloudlogservice "
    "tinybird "
    "zipkin";

constexpr std::string_view k_connectors =
    "count datadog exceptions failover forward grafanacloud metricsaslogs otlpjson roundrobin "
    "routing servicegraph signaltometrics slowsql span_metrics sum";

constexpr std::string_view k_extensions =
    "ack asapclient avrologencoding awscloudwatchmetricstreamsencoding awslogsencoding awsproxy "
    "azureauth azureencoding basicauth bearertokenauth cgroupruntime datadog db_storage "
    "docker_observer ecs_observer ecstaskobserver file_storage googleclientauth "
    "googlecloudlogentryencoding headers_setter health_check healthcheckv2 host_observer "
    "http_forwarder jaegerencoding jaegerremotesampling jsonlogencoding k8s_leader_elector "
    "k8s_observer "
    "kafkatopicsobserver memory_limiter oauth2client oidc opamp otlpencoding pprof redis_storage "
    "remotetap sigv4auth skywalkingencoding sumologic textencoding zipkinencoding zpages";

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
