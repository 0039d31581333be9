// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/variable_views.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "config/environment/pair_list.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
constexpr std::string_view k_protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
constexpr std::string_view k_headers = "OTEL_EXPORTER_OTLP_HEADERS";
constexpr std::string_view k_compression = "OTEL_EXPORTER_OTLP_COMPRESSION";
constexpr std::string_view k_insecure = "OTEL_EXPORTER_OTLP_INSECURE";

// Finds the variables of one exporter: a signal's, or the general ones.
class ExporterView {
 public:
  ExporterView(const VariableSet& set, std::optional<Signal> signal)
      : m_set(set), m_signal(signal) {}

  bool has_own_variables() const {
    static constexpr std::array k_names{k_endpoint, k_protocol, k_headers, k_compression};
    return std::any_of(k_names.begin(), k_names.end(),
                       [&](std::string_view name) { return own(name) != nullptr; });
  }

  OtlpExporter read() const {
    OtlpExporter exporter;
    exporter.signal = m_signal;
    exporter.wire = wire();
    read_endpoint(exporter);
    if (const Assignment* headers = find(k_headers); headers != nullptr && !headers->is_wrapped()) {
      for (const Pair& pair : split_pairs(headers->value())) {
        if (pair.has_equals) {
          exporter.headers.push_back(item_of_pair(*headers, pair));
        }
      }
    }
    if (const Assignment* compression = find(k_compression);
        compression != nullptr && !compression->value().empty()) {
      exporter.compression = compression->item;
      exporter.compression->is_readable = compression->is_set() && !compression->is_wrapped();
      exporter.compression->text = to_lower(exporter.compression->text);
    }
    return exporter;
  }

 private:
  const Assignment* own(std::string_view general_name) const {
    const Assignment* found =
        m_signal ? m_set.find(settings::signal_form(general_name, *m_signal)) : nullptr;
    return found != nullptr && (!found->item.is_readable || !found->value().empty()) ? found
                                                                                     : nullptr;
  }

  const Assignment* find(std::string_view general_name) const {
    const Assignment* found = own(general_name);
    return found != nullptr ? found : m_set.find(general_name);
  }

  Wire wire() const {
    const Assignment* protocol = find(k_protocol);
    if (protocol == nullptr || !protocol->is_set()) {
      return Wire::unknown;
    }
    const std::string text = to_lower(protocol->value());
    return text == "grpc" ? Wire::grpc : text.starts_with("http") ? Wire::http : Wire::unknown;
  }

  void read_endpoint(OtlpExporter& exporter) const {
    const Assignment* endpoint = find(k_endpoint);
    const bool is_own = endpoint != nullptr && endpoint == own(k_endpoint);
    exporter.surface = is_own ? Surface::signal_variable : Surface::general_variable;
    if (endpoint == nullptr) {
      exporter.endpoint.name = k_endpoint;
      return;
    }
    exporter.endpoint = endpoint->item;
    // An empty variable is one that is not set.
    exporter.has_endpoint = endpoint->is_set();
    exporter.endpoint.is_readable = endpoint->is_set() && !endpoint->is_wrapped();
    add_scheme(exporter);
  }

  // Over gRPC OTEL_EXPORTER_OTLP_INSECURE may stand in for the scheme.
  void add_scheme(OtlpExporter& exporter) const {
    const Assignment* insecure = find(k_insecure);
    std::string& text = exporter.endpoint.text;
    if (exporter.has_endpoint && exporter.wire != Wire::http && insecure != nullptr &&
        insecure->is_set() && text.find("://") == std::string::npos) {
      const bool is_plaintext = equals_ignoring_case(insecure->value(), "true");
      text = (is_plaintext ? "http://" : "https://") + text;
      exporter.endpoint.text_begin = std::nullopt;
    }
  }

  const VariableSet& m_set;
  std::optional<Signal> m_signal;
};

}  // namespace

std::vector<OtlpExporter> exporters_of(const VariableSet& set) {
  std::vector<OtlpExporter> exporters{ExporterView(set, std::nullopt).read()};
  for (const Signal signal : {Signal::traces, Signal::metrics, Signal::logs}) {
    const ExporterView view(set, signal);
    if (view.has_own_variables()) {
      exporters.push_back(view.read());
    }
  }
  return exporters;
}

std::vector<AttributeUse> attributes_of(const VariableSet& set) {
  std::vector<AttributeUse> attributes;
  const Assignment* variable = set.find("OTEL_RESOURCE_ATTRIBUTES");
  if (variable == nullptr || variable->is_wrapped()) {
    return attributes;
  }
  for (const Pair& pair : split_pairs(variable->value())) {
    if (pair.has_equals && !pair.key.empty()) {
      attributes.push_back({item_of_pair(*variable, pair), Surface::general_variable, true, true,
                            AttributeType::text});
    }
  }
  return attributes;
}

std::optional<std::string> environment_name_of(const VariableSet& set) {
  const std::vector<AttributeUse> attributes = attributes_of(set);
  for (const std::string_view name : {"deployment.environment.name", "deployment.environment"}) {
    for (const AttributeUse& attribute : attributes) {
      if (attribute.item.name == name && attribute.item.is_readable) {
        return attribute.item.text;
      }
    }
  }
  return std::nullopt;
}

std::vector<ListEntry> list_entries(std::string_view value) {
  std::vector<ListEntry> entries;
  for (const std::string_view part : split(value, ',')) {
    const std::string_view entry = trim(part);
    if (!entry.empty()) {
      entries.push_back(
          {static_cast<std::size_t>(entry.data() - value.data()), std::string(entry)});
    }
  }
  return entries;
}

}  // namespace otelctl::config
