// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/show/section_variables.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "config/endpoint.hpp"
#include "config/section/section_schema.hpp"

namespace otelctl::config {
namespace {

// As the W3C Baggage specification has values: what may not stand there is percent-encoded.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view k_encoded = " \"%,;\\=";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || k_encoded.find(c) != std::string_view::npos) {
      encoded += fmt::format("%{:02X}", byte);
    } else {
      encoded += c;
    }
  }
  return encoded;
}

// `url` is redacted already, which says nothing about the protocol.
bool speaks_http(std::string_view url) {
  std::string text(url.substr(0, url.find('?')));
  const std::string user = std::string(k_redacted) + "@";
  if (const auto at = text.find(user); at != std::string::npos) {
    text.erase(at, user.size());
  }
  const auto endpoint = read_endpoint(text);
  return endpoint && !endpoint->looks_like_grpc();
}

class Translation {
 public:
  explicit Translation(const EffectiveSettings& section) : m_section(section) {
    m_shown.file = section.file;
    m_shown.kind = Kind::env;
  }

  EffectiveSettings translate() {
    if (const EffectiveSetting* enabled = find(Key::enabled)) {
      add("OTEL_SDK_DISABLED", enabled->value.text == "true" ? "false" : "true", {enabled});
    }
    copy(Key::service_name, "OTEL_SERVICE_NAME");
    add_attributes();
    add_exporters("OTEL_TRACES_EXPORTER", Key::tracing_enabled,
                  {{Key::otlp_enabled, "otlp"}, {Key::console_enabled, "console"}});
    add_exporters("OTEL_METRICS_EXPORTER", Key::metrics_enabled,
                  {{Key::otlp_enabled, "otlp"},
                   {Key::prometheus_enabled, "prometheus"},
                   {Key::console_enabled, "console"}});
    add_sampler();
    if (const EffectiveSetting* propagators = find(Key::propagators)) {
      add("OTEL_PROPAGATORS", join(propagators->value.items, ","), {propagators});
    }
    copy(Key::export_interval_ms, "OTEL_METRIC_EXPORT_INTERVAL");
    add_otlp();
    copy(Key::prometheus_port, "OTEL_EXPORTER_PROMETHEUS_PORT");
    return std::move(m_shown);
  }

 private:
  using Settings = std::vector<const EffectiveSetting*>;

  // How many parts of each path are the section's own.
  std::size_t root_length() const {
    // The table's first key is one part long.
    return m_section.settings.empty() ? 0 : m_section.settings.front().parts.size() - 1;
  }

  std::string path_in_section(const EffectiveSetting& setting) const {
    EffectiveSetting relative;
    relative.parts.assign(setting.parts.begin() + static_cast<std::ptrdiff_t>(root_length()),
                          setting.parts.end());
    return relative.path();
  }

  const EffectiveSetting* find(Key key) const {
    const std::string wanted = path_of(key);
    const auto found = std::find_if(
        m_section.settings.begin(), m_section.settings.end(),
        [&](const EffectiveSetting& setting) { return path_in_section(setting) == wanted; });
    return found == m_section.settings.end() ? nullptr : &*found;
  }

  // The entries of a map of texts.
  Settings entries(Key key) const {
    const std::string above = path_of(key) + ".";
    Settings found;
    for (const EffectiveSetting& setting : m_section.settings) {
      if (path_in_section(setting).starts_with(above)) {
        found.push_back(&setting);
      }
    }
    return found;
  }

  void add(std::string name, std::string value, const Settings& from) {
    std::vector<std::string> origins;
    for (const EffectiveSetting* setting : from) {
      if (std::find(origins.begin(), origins.end(), setting->origin) == origins.end()) {
        origins.push_back(setting->origin);
      }
    }
    m_shown.settings.push_back(
        {{{std::move(name)}}, {EffectiveValue::Type::text, std::move(value)}, join(origins, ", ")});
  }

  void copy(Key key, std::string name) {
    const EffectiveSetting* const setting = find(key);
    if (setting != nullptr && !setting->value.text.empty()) {
      add(std::move(name), setting->value.text, {setting});
    }
  }

  void add_attributes() {
    std::vector<std::string> pairs;
    Settings from;
    if (const EffectiveSetting* version = find(Key::service_version);
        version != nullptr && !version->value.text.empty()) {
      pairs.push_back("service.version=" + encoded(version->value.text));
      from.push_back(version);
    }
    for (const EffectiveSetting* entry : entries(Key::resource_attributes)) {
      pairs.push_back(percent_encoded(entry->parts.back().name) + "=" + encoded(entry->value.text));
      from.push_back(entry);
    }
    if (!pairs.empty()) {
      add("OTEL_RESOURCE_ATTRIBUTES", join(pairs, ","), from);
    }
  }

  static std::string encoded(const std::string& value) {
    return value == k_redacted ? value : percent_encoded(value);
  }

  struct Exporter {
    Key key;
    std::string_view name;
  };

  void add_exporters(std::string name, Key signal, const std::vector<Exporter>& exporters) {
    const EffectiveSetting* const enabled = find(signal);
    if (enabled == nullptr) {
      return;
    }
    std::vector<std::string> names;
    Settings from{enabled};
    for (const Exporter& exporter : exporters) {
      const EffectiveSetting* const setting = find(exporter.key);
      if (enabled->value.text == "true" && setting != nullptr && setting->value.text == "true") {
        names.emplace_back(exporter.name);
        from.push_back(setting);
      }
    }
    add(std::move(name), names.empty() ? "none" : join(names, ","), from);
  }

  void add_sampler() {
    const EffectiveSetting* const type = find(Key::sampler_type);
    copy(Key::sampler_type, "OTEL_TRACES_SAMPLER");
    // The other samplers take no argument.
    if (type != nullptr && type->value.text.ends_with("traceidratio")) {
      copy(Key::sampler_ratio, "OTEL_TRACES_SAMPLER_ARG");
    }
  }

  // The section's endpoint is used as it is. Of HTTP that is the traces' variable, as the general
  // one has the signal's path appended.
  void add_otlp() {
    if (const EffectiveSetting* endpoint = find(Key::endpoint);
        endpoint != nullptr && !endpoint->value.text.empty()) {
      const bool is_http = speaks_http(endpoint->value.text);
      add("OTEL_EXPORTER_OTLP_PROTOCOL", is_http ? "http/protobuf" : "grpc", {endpoint});
      copy(Key::endpoint,
           is_http ? "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" : "OTEL_EXPORTER_OTLP_ENDPOINT");
    }
    std::vector<std::string> headers;
    const Settings from = entries(Key::headers);
    for (const EffectiveSetting* header : from) {
      headers.push_back(header->parts.back().name + "=" + encoded(header->value.text));
    }
    if (!headers.empty()) {
      add("OTEL_EXPORTER_OTLP_HEADERS", join(headers, ","), from);
    }
    copy(Key::compression, "OTEL_EXPORTER_OTLP_COMPRESSION");
    copy(Key::timeout_ms, "OTEL_EXPORTER_OTLP_TIMEOUT");
  }

  const EffectiveSettings& m_section;
  EffectiveSettings m_shown;
};

}  // namespace

EffectiveSettings section_variables(const EffectiveSettings& section) {
  return Translation(section).translate();
}

}  // namespace otelctl::config
