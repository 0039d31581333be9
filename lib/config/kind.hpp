// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "yaml/document.hpp"

namespace otelctl::config {

// What a file is. Told by its content, never by its name: a name pattern once marked two thousand
// Collector files as broken SDK files (SchemaStore #6145).
enum class Kind : std::uint8_t {
  telemetry,   // a host file with the section of an application
  env,         // NAME=VALUE lines, or the process environment
  compose,     // services with their `environment`
  kubernetes,  // manifests whose containers have `env`
  collector,   // receivers, exporters, service.pipelines
  sdk,         // the declarative configuration: `file_format`
};
inline constexpr std::array k_kinds{Kind::telemetry,  Kind::env,       Kind::compose,
                                    Kind::kubernetes, Kind::collector, Kind::sdk};

// "telemetry", "env", ...: the `kind` of files in otelctl.findings/1.
std::string_view name_of(Kind kind);

// The kind of a document. One that holds the section (a path with dots; "-" is the whole file) is
// telemetry whatever else it holds; so is what looks like no other kind.
Kind detect_kind(const yaml::Document& document, const std::string& section);

// A set of kinds.
class Kinds {
 public:
  constexpr Kinds() = default;
  constexpr Kinds(std::initializer_list<Kind> kinds) {
    for (const Kind kind : kinds) {
      m_bits |= bit(kind);
    }
  }
  static constexpr Kinds all() {
    return {Kind::telemetry,  Kind::env,       Kind::compose,
            Kind::kubernetes, Kind::collector, Kind::sdk};
  }
  constexpr bool contains(Kind kind) const { return (m_bits & bit(kind)) != 0; }

 private:
  static constexpr unsigned bit(Kind kind) { return 1U << static_cast<unsigned>(kind); }

  unsigned m_bits = 0;
};

// The kinds that are YAML, and those that hold OTEL_* variables.
inline constexpr Kinds k_yaml_kinds{Kind::telemetry, Kind::compose, Kind::kubernetes,
                                    Kind::collector, Kind::sdk};
inline constexpr Kinds k_variable_kinds{Kind::env, Kind::compose, Kind::kubernetes};

}  // namespace otelctl::config
