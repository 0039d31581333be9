// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/kind.hpp"

#include <algorithm>
#include <array>

#include "config/environment/yaml_variables.hpp"
#include "config/section/section_locator.hpp"

namespace otelctl::config {
namespace {

bool has_key(const yaml::Document& document, yaml::NodeId map, std::string_view name) {
  return value_of(document, map, name) != yaml::k_no_node;
}

// Two sections of a Collector file, or a `service` with pipelines: one alone may be anything's.
bool is_collector(const yaml::Document& document, yaml::NodeId root) {
  static constexpr std::array<std::string_view, 5> k_sections{"receivers", "processors",
                                                              "exporters", "connectors", "service"};
  const auto sections =
      std::count_if(k_sections.begin(), k_sections.end(),
                    [&](std::string_view name) { return has_key(document, root, name); });
  return sections >= 2 || has_key(document, value_of(document, root, "service"), "pipelines");
}

// The key that must be there, or a provider where it was forgotten.
bool is_sdk(const yaml::Document& document, yaml::NodeId root) {
  static constexpr std::array<std::string_view, 4> k_keys{"file_format", "tracer_provider",
                                                          "meter_provider", "logger_provider"};
  return std::any_of(k_keys.begin(), k_keys.end(),
                     [&](std::string_view name) { return has_key(document, root, name); });
}

// `services` whose entries say what to run.
bool is_compose(const yaml::Document& document, yaml::NodeId root) {
  const yaml::NodeId services = value_of(document, root, "services");
  if (services == yaml::k_no_node || document.node(services).kind != yaml::NodeKind::map) {
    return false;
  }
  const auto entries = document.entries(services);
  return std::any_of(entries.begin(), entries.end(), [&](const yaml::Document::Entry& entry) {
    return has_key(document, entry.value, "image") || has_key(document, entry.value, "build") ||
           has_key(document, entry.value, "environment") ||
           has_key(document, entry.value, "command");
  });
}

// One manifest of a stream is enough.
bool is_kubernetes(const yaml::Document& document) {
  return std::any_of(document.roots().begin(), document.roots().end(), [&](yaml::NodeId root) {
    return has_key(document, document.resolve(root), "apiVersion") &&
           has_key(document, document.resolve(root), "kind");
  });
}

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::telemetry:
      return "telemetry";
    case Kind::env:
      return "env";
    case Kind::compose:
      return "compose";
    case Kind::kubernetes:
      return "kubernetes";
    case Kind::collector:
      return "collector";
    case Kind::sdk:
      break;
  }
  return "sdk";
}

Kind detect_kind(const yaml::Document& document, const std::string& section) {
  const yaml::NodeId root = document.resolve(document.root());
  if (section == "-" || holds_section(document, section)) {
    return Kind::telemetry;
  }
  if (is_sdk(document, root)) {
    return Kind::sdk;
  }
  if (is_kubernetes(document)) {
    return Kind::kubernetes;
  }
  if (is_compose(document, root)) {
    return Kind::compose;
  }
  return is_collector(document, root) ? Kind::collector : Kind::telemetry;
}

}  // namespace otelctl::config
