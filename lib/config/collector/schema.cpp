// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/schema.hpp"

#include <algorithm>

namespace otelctl::config::collector {
namespace {

using enum FieldType;

// Each group has the keys of the release that is named there, and those that later ones added: none
// is called unknown that some release takes.

// --- parts that components share ---------------------------------------------------------------

constexpr Field k_tpm[] = {
    {"enabled", boolean}, {"path", text}, {"owner_auth", text}, {"auth", text}};
constexpr Shape k_tpm_shape{{k_tpm}};

// configtls 1.61.0
constexpr Field k_tls[] = {{"ca_file", text},
                           {"ca_pem", text},
                           {"include_system_ca_certs_pool", boolean},
                           {"cert_file", text},
                           {"cert_pem", text},
                           {"key_file", text},
                           {"key_pem", text},
                           {"min_version", text},
                           {"max_version", text},
                           {"cipher_suites", text_list},
                           {"include_insecure_cipher_suites", boolean},
                           {"reload_interval", duration},
                           {"curve_preferences", text_list},
                           {"tpm", map, {}, &k_tpm_shape}};
constexpr Field k_tls_client[] = {
    {"insecure", boolean}, {"insecure_skip_verify", boolean}, {"server_name_override", text}};
constexpr Field k_tls_server[] = {{"client_ca_file", text}, {"client_ca_file_reload", boolean}};
constexpr Shape k_tls_client_shape{{k_tls, k_tls_client}};
constexpr Shape k_tls_server_shape{{k_tls, k_tls_server}};

constexpr Field k_auth[] = {{"authenticator", component_id}};
constexpr Shape k_auth_shape{{k_auth}};
constexpr Field k_server_auth[] = {{"authenticator", component_id}, {"request_params", text_list}};
constexpr Shape k_server_auth_shape{{k_server_auth}};
constexpr Field k_middleware[] = {{"id", component_id}};
constexpr Shape k_middleware_shape{{k_middleware}};

// confignet 1.61.0
constexpr Field k_dialer[] = {{"timeout", duration}};
constexpr Shape k_dialer_shape{{k_dialer}};
constexpr Field k_address[] = {
    {"endpoint", text},
    {"transport", text, "tcp tcp4 tcp6 udp udp4 udp6 ip ip4 ip6 unix unixgram unixpacket npipe"},
    {"dialer", map, {}, &k_dialer_shape}};

// configgrpc 0.155.0
constexpr Field k_keepalive_client[] = {
    {"time", duration}, {"timeout", duration}, {"permit_without_stream", boolean}};
constexpr Shape k_keepalive_client_shape{{k_keepalive_client}};
constexpr Field k_server_parameters[] = {{"max_connection_idle", duration},
                                         {"max_connection_age", duration},
                                         {"max_connection_age_grace", duration},
                                         {"time", duration},
                                         {"timeout", duration}};
constexpr Shape k_server_parameters_shape{{k_server_parameters}};
constexpr Field k_enforcement[] = {{"min_time", duration}, {"permit_without_stream", boolean}};
constexpr Shape k_enforcement_shape{{k_enforcement}};
constexpr Field k_keepalive_server[] = {
    {"server_parameters", switched_map, {}, &k_server_parameters_shape},
    {"enforcement_policy", switched_map, {}, &k_enforcement_shape}};
constexpr Shape k_keepalive_server_shape{{k_keepalive_server}};

constexpr Field k_grpc_server[] = {{"tls", switched_map, {}, &k_tls_server_shape},
                                   {"max_recv_msg_size_mib", integer},
                                   {"max_concurrent_streams", count},
                                   {"read_buffer_size", integer},
                                   {"write_buffer_size", integer},
                                   {"keepalive", switched_map, {}, &k_keepalive_server_shape},
                                   {"auth", switched_map, {}, &k_auth_shape},
                                   {"include_metadata", boolean},
                                   {"middlewares", map_list, {}, &k_middleware_shape}};
constexpr Shape k_grpc_server_shape{{k_address, k_grpc_server}};

constexpr std::string_view k_compressions =
    "gzip zlib deflate snappy x-snappy-framed zstd lz4 none";
constexpr Field k_grpc_client[] = {{"endpoint", text},
                                   {"compression", text, k_compressions},
                                   {"tls", map, {}, &k_tls_client_shape},
                                   {"keepalive", switched_map, {}, &k_keepalive_client_shape},
                                   {"read_buffer_size", integer},
                                   {"write_buffer_size", integer},
                                   {"wait_for_ready", boolean},
                                   {"headers", headers},
                                   {"user_agent", text},
                                   {"balancer_name", text, "round_robin pick_first"},
                                   {"authority", text},
                                   {"auth", switched_map, {}, &k_auth_shape},
                                   {"middlewares", map_list, {}, &k_middleware_shape}};

// confighttp 0.155.0
constexpr Field k_cors[] = {{"allowed_origins", text_list},
                            {"allowed_headers", text_list},
                            {"exposed_headers", text_list},
                            {"max_age", integer}};
constexpr Shape k_cors_shape{{k_cors}};
constexpr Field k_http_server[] = {{"tls", switched_map, {}, &k_tls_server_shape},
                                   {"cors", switched_map, {}, &k_cors_shape},
                                   {"auth", switched_map, {}, &k_server_auth_shape},
                                   {"max_request_body_size", integer},
                                   {"include_metadata", boolean},
                                   {"response_headers", headers},
                                   {"compression_algorithms", text_list},
                                   {"read_timeout", duration},
                                   {"read_header_timeout", duration},
                                   {"write_timeout", duration},
                                   {"idle_timeout", duration},
                                   {"middlewares", map_list, {}, &k_middleware_shape},
                                   {"keep_alives_enabled", boolean},
                                   {"keepalive", any}};
constexpr Field k_compression_params[] = {{"level", integer}};
constexpr Shape k_compression_params_shape{{k_compression_params}};
constexpr Shape k_cookies_shape{};
constexpr Field k_http_client[] = {{"endpoint", text},
                                   {"proxy_url", text},
                                   {"tls", map, {}, &k_tls_client_shape},
                                   {"read_buffer_size", integer},
                                   {"write_buffer_size", integer},
                                   {"timeout", duration},
                                   {"headers", headers},
                                   {"auth", switched_map, {}, &k_auth_shape},
                                   {"compression", text, k_compressions},
                                   {"compression_params", map, {}, &k_compression_params_shape},
                                   {"max_idle_conns", integer},
                                   {"max_idle_conns_per_host", integer},
                                   {"max_conns_per_host", integer},
                                   {"idle_conn_timeout", duration},
                                   {"disable_keep_alives", boolean},
                                   {"http2_read_idle_timeout", duration},
                                   {"http2_ping_timeout", duration},
                                   {"cookies", switched_map, {}, &k_cookies_shape},
                                   {"force_attempt_http2", boolean},
                                   {"keepalive", any},
                                   {"middlewares", map_list, {}, &k_middleware_shape}};

// exporterhelper 0.155.0, configretry 1.61.0
constexpr std::string_view k_sizers = "bytes items requests";
constexpr Field k_partition[] = {{"metadata_keys", text_list}, {"cardinality_limit", integer}};
constexpr Shape k_partition_shape{{k_partition}};
constexpr Field k_queue_batch[] = {{"flush_timeout", duration},
                                   {"sizer", text, k_sizers},
                                   {"min_size", integer},
                                   {"max_size", integer},
                                   {"partition", map, {}, &k_partition_shape},
                                   {"fixed_windows", any}};
constexpr Shape k_queue_batch_shape{{k_queue_batch}};
constexpr Field k_queue[] = {{"wait_for_result", boolean},
                             {"sizer", text, k_sizers},
                             {"queue_size", integer},
                             {"block_on_overflow", boolean},
                             {"storage", component_id},
                             {"num_consumers", integer},
                             {"batch", switched_map, {}, &k_queue_batch_shape}};
constexpr Shape k_queue_shape{{k_queue}};
constexpr Field k_retry[] = {
    {"enabled", boolean},   {"initial_interval", duration}, {"randomization_factor", number},
    {"multiplier", number}, {"max_interval", duration},     {"max_elapsed_time", duration}};
constexpr Shape k_retry_shape{{k_retry}};
constexpr Field k_sending[] = {{"sending_queue", switched_map, {}, &k_queue_shape},
                               {"retry_on_failure", map, {}, &k_retry_shape}};

// --- receivers ---------------------------------------------------------------------------------

constexpr Field k_signal_paths[] = {{"traces_url_path", text},
                                    {"metrics_url_path", text},
                                    {"logs_url_path", text},
                                    {"profiles_url_path", text}};
constexpr Shape k_otlp_http_server_shape{{k_address, k_http_server, k_signal_paths}};
constexpr Field k_protocols[] = {{"grpc", switched_map, {}, &k_grpc_server_shape},
                                 {"http", switched_map, {}, &k_otlp_http_server_shape}};
constexpr Shape k_protocols_shape{{k_protocols}};
constexpr Field k_otlp_receiver[] = {{"protocols", map, {}, &k_protocols_shape}};
constexpr Shape k_otlp_receiver_shape{{k_otlp_receiver}};
constexpr Shape k_empty_shape{};

// --- processors --------------------------------------------------------------------------------

constexpr Field k_batch[] = {{"timeout", duration},
                             {"send_batch_size", count},
                             {"send_batch_max_size", count},
                             {"metadata_keys", text_list},
                             {"metadata_cardinality_limit", count}};
constexpr Shape k_batch_shape{{k_batch}};

constexpr Field k_memory_limiter[] = {{"check_interval", duration},
                                      {"min_gc_interval_when_soft_limited", duration},
                                      {"min_gc_interval_when_hard_limited", duration},
                                      {"limit_mib", count},
                                      {"spike_limit_mib", count},
                                      {"limit_percentage", count},
                                      {"spike_limit_percentage", count}};
constexpr Shape k_memory_limiter_shape{{k_memory_limiter}};

constexpr Field k_action[] = {{"key", text},
                              {"value", any},
                              {"default_value", any},
                              {"pattern", text},
                              {"from_attribute", text},
                              {"from_context", text},
                              {"converted_type", text},
                              {"action", text}};
constexpr Shape k_action_shape{{k_action}};
constexpr Field k_attributes[] = {
    {"include", any}, {"exclude", any}, {"actions", map_list, {}, &k_action_shape}};
constexpr Shape k_attributes_shape{{k_attributes}};
constexpr Field k_resource[] = {{"attributes", map_list, {}, &k_action_shape}};
constexpr Shape k_resource_shape{{k_resource}};

// --- exporters ---------------------------------------------------------------------------------

constexpr Field k_timeout[] = {{"timeout", duration}};
constexpr Shape k_otlp_grpc_shape{{k_grpc_client, k_sending, k_timeout}};
constexpr Field k_otlp_http[] = {{"traces_endpoint", text},
                                 {"metrics_endpoint", text},
                                 {"logs_endpoint", text},
                                 {"profiles_endpoint", text},
                                 {"encoding", text, "proto json"}};
constexpr Shape k_otlp_http_shape{{k_http_client, k_sending, k_otlp_http}};

constexpr Field k_debug[] = {{"verbosity", text, "basic normal detailed", nullptr, false},
                             {"sampling_initial", integer},
                             {"sampling_thereafter", integer},
                             {"use_internal_logger", boolean},
                             {"output_paths", text_list},
                             {"sending_queue", switched_map, {}, &k_queue_shape}};
constexpr Shape k_debug_shape{{k_debug}};

constexpr Field k_rotation[] = {{"max_megabytes", integer},
                                {"max_days", integer},
                                {"max_backups", integer},
                                {"localtime", boolean}};
constexpr Shape k_rotation_shape{{k_rotation}};
constexpr Field k_group_by[] = {
    {"enabled", boolean}, {"resource_attribute", text}, {"max_open_files", integer}};
constexpr Shape k_group_by_shape{{k_group_by}};
constexpr Field k_file[] = {{"path", text},
                            {"append", boolean},
                            {"rotation", map, {}, &k_rotation_shape},
                            {"format", text, "json proto"},
                            {"encoding", component_id},
                            {"compression", text, "zstd"},
                            {"compression_params", map, {}, &k_compression_params_shape},
                            {"flush_interval", duration},
                            {"group_by", map, {}, &k_group_by_shape},
                            {"create_directory", boolean},
                            {"directory_permissions", text}};
constexpr Shape k_file_shape{{k_file}};

// prometheusexporter, from 0.140.1 on.
constexpr Field k_prometheus[] = {
    {"sending_queue", switched_map, {}, &k_queue_shape},
    {"namespace", text},
    {"const_labels", any},
    {"send_timestamps", boolean},
    {"metric_expiration", duration},
    {"resource_constant_labels", any},
    {"resource_to_telemetry_conversion", any},
    {"enable_open_metrics", boolean},
    {"add_metric_suffixes", boolean},
    {"translation_strategy", text,
     "UnderscoreEscapingWithSuffixes UnderscoreEscapingWithoutSuffixes "
     "NoUTF8EscapingWithSuffixes NoTranslation"},
    {"without_scope_info", boolean}};
constexpr Shape k_prometheus_shape{{k_address, k_http_server, k_prometheus}};

// --- extensions --------------------------------------------------------------------------------

constexpr Field k_zpages[] = {{"expvar", any}};
constexpr Shape k_zpages_shape{{k_address, k_http_server, k_zpages}};

constexpr Field k_health_check[] = {
    {"path", text}, {"response_body", any}, {"check_collector_pipeline", any}, {"use_v2", boolean},
    {"http", any},  {"grpc", any},          {"component_health", any}};
constexpr Shape k_health_check_shape{{k_address, k_http_server, k_health_check}};

constexpr Field k_htpasswd[] = {{"file", text}, {"inline", text}};
constexpr Shape k_htpasswd_shape{{k_htpasswd}};
constexpr Field k_client_auth[] = {{"username", text},
                                   {"username_file", text},
                                   {"password", text},
                                   {"password_file", text},
                                   {"aws_secrets_manager", any}};
constexpr Shape k_client_auth_shape{{k_client_auth}};
constexpr Field k_basicauth[] = {{"htpasswd", map, {}, &k_htpasswd_shape},
                                 {"client_auth", map, {}, &k_client_auth_shape}};
constexpr Shape k_basicauth_shape{{k_basicauth}};

constexpr Field k_bearertokenauth[] = {{"header", text},   {"scheme", text},
                                       {"token", text},    {"tokens", text_list},
                                       {"filename", text}, {"file_retry", any}};
constexpr Shape k_bearertokenauth_shape{{k_bearertokenauth}};

// --- service.telemetry -------------------------------------------------------------------------

constexpr Field k_log_sampling[] = {
    {"enabled", boolean}, {"tick", duration}, {"initial", integer}, {"thereafter", integer}};
constexpr Shape k_log_sampling_shape{{k_log_sampling}};
constexpr Field k_logs[] = {
    {"level", text, "debug info warn error dpanic panic fatal", nullptr, false},
    {"development", boolean},
    {"encoding", text},
    {"disable_caller", boolean},
    {"disable_stacktrace", boolean},
    {"sampling", map, {}, &k_log_sampling_shape},
    {"output_paths", text_list},
    {"error_output_paths", text_list},
    {"initial_fields", any},
    {"disable_zap_resource", boolean},
    {"processors", any}};
constexpr Shape k_logs_shape{{k_logs}};
constexpr std::string_view k_levels = "none basic normal detailed";
constexpr Field k_reader[] = {{"pull", any}, {"periodic", any}, {"producers", any}};
constexpr Shape k_reader_shape{{k_reader}};
constexpr Field k_metrics[] = {{"level", text, k_levels, nullptr, false},
                               {"readers", map_list, {}, &k_reader_shape},
                               {"views", any}};
constexpr Shape k_metrics_shape{{k_metrics}};
constexpr Field k_traces[] = {{"level", text, k_levels, nullptr, false},
                              {"propagators", text_list},
                              {"processors", any},
                              {"sampler", any},
                              {"limits", any}};
constexpr Shape k_traces_shape{{k_traces}};
constexpr Field k_telemetry[] = {{"logs", map, {}, &k_logs_shape},
                                 {"metrics", map, {}, &k_metrics_shape},
                                 {"traces", map, {}, &k_traces_shape},
                                 {"resource", any}};
constexpr Shape k_telemetry_shape{{k_telemetry}};

struct Known {
  std::string_view section;
  std::string_view type;
  const Shape* shape;
};

constexpr Known k_known[] = {
    {"receivers", "otlp", &k_otlp_receiver_shape},
    {"receivers", "nop", &k_empty_shape},
    {"processors", "batch", &k_batch_shape},
    {"processors", "memory_limiter", &k_memory_limiter_shape},
    {"processors", "attributes", &k_attributes_shape},
    {"processors", "resource", &k_resource_shape},
    {"exporters", "otlp_grpc", &k_otlp_grpc_shape},
    {"exporters", "otlp", &k_otlp_grpc_shape},
    {"exporters", "otlp_http", &k_otlp_http_shape},
    {"exporters", "otlphttp", &k_otlp_http_shape},
    {"exporters", "debug", &k_debug_shape},
    {"exporters", "nop", &k_empty_shape},
    {"exporters", "file", &k_file_shape},
    {"exporters", "prometheus", &k_prometheus_shape},
    {"connectors", "forward", &k_empty_shape},
    {"extensions", "zpages", &k_zpages_shape},
    {"extensions", "health_check", &k_health_check_shape},
    {"extensions", "basicauth", &k_basicauth_shape},
    {"extensions", "bearertokenauth", &k_bearertokenauth_shape},
};

}  // namespace

const Field* Shape::find(std::string_view name) const {
  for (const std::span<const Field> group : groups) {
    const auto found = std::find_if(group.begin(), group.end(),
                                    [&](const Field& field) { return field.name == name; });
    if (found != group.end()) {
      return &*found;
    }
  }
  return nullptr;
}

std::vector<std::string> Shape::names() const {
  std::vector<std::string> names;
  for (const std::span<const Field> group : groups) {
    for (const Field& field : group) {
      names.emplace_back(field.name);
    }
  }
  return names;
}

const Shape* shape_of(std::string_view section, std::string_view type) {
  const auto* const found = std::find_if(
      std::begin(k_known), std::end(k_known),
      [&](const Known& known) { return known.section == section && known.type == type; });
  return found == std::end(k_known) ? nullptr : found->shape;
}

const Shape& telemetry_shape() {
  return k_telemetry_shape;
}

}  // namespace otelctl::config::collector
