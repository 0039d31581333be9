// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/old_keys.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace otelctl::config::sdk {
namespace {

struct OldKey {
  // How the names of the definitions that had it begin or end.
  std::string_view definition;
  std::string_view key;
  std::string_view help;
};

// Source: the change log of opentelemetry-configuration, 0.1.0 to 1.0.0.
constexpr std::array<OldKey, 15> k_old_keys{{
    {"Otlp", "certificate_file", "since 1.0 it is ca_file under tls"},
    {"Otlp", "certificate", "since 1.0 it is ca_file under tls"},
    {"Otlp", "client_key_file", "since 1.0 it is key_file under tls"},
    {"Otlp", "client_key", "since 1.0 it is key_file under tls"},
    {"Otlp", "client_certificate_file", "since 1.0 it is cert_file under tls"},
    {"Otlp", "client_certificate", "since 1.0 it is cert_file under tls"},
    {"Otlp", "insecure", "since 1.0 it is insecure under tls, for otlp_grpc only"},
    {"Otlp", "protocol", "the exporter's name says it: otlp_http or otlp_grpc"},
    {"Config", "disabled", "since 1.0 it is enabled, with the opposite value"},
    {"Prometheus", "without_scope_info", "since 1.0 it is scope_info_enabled, the opposite"},
    {"Prometheus", "without_target_info",
     "since 1.0 it is target_info_enabled/development, the opposite"},
    {"Prometheus", "without_units", "since 1.0 translation_strategy says it"},
    {"Prometheus", "without_type_suffix", "since 1.0 translation_strategy says it"},
    {"Prometheus", "with_resource_constant_labels", "since 1.0 it is resource_constant_labels"},
    {"Resource", "detectors", "since 1.0 they stand under detection/development"},
}};

}  // namespace

std::string explain_old_key(const schema::Rules& rules, std::string_view key) {
  const auto* const found =
      std::find_if(k_old_keys.begin(), k_old_keys.end(), [&](const OldKey& old) {
        return old.key == key && rules.name.find(old.definition) != std::string::npos;
      });
  if (found != k_old_keys.end()) {
    return std::string(found->help);
  }
  // "otlp_file" where the schema has "otlp_file/development".
  for (const schema::Property& property : rules.properties) {
    if (property.name.starts_with(key) && property.name.substr(key.size()).starts_with('/')) {
      return fmt::format("it is experimental still: write '{}'", property.name);
    }
  }
  return {};
}

}  // namespace otelctl::config::sdk
