// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/exporters.hpp"

namespace otelctl::config {

std::optional<Exporters> enabled_exporters(const Section& section) {
  const auto otlp = section.flag(Key::otlp_enabled);
  const auto jaeger = section.flag(Key::jaeger_enabled);
  const auto prometheus = section.flag(Key::prometheus_enabled);
  const auto console = section.flag(Key::console_enabled);
  if (!otlp || !jaeger || !prometheus || !console) {
    return std::nullopt;
  }
  return Exporters{*otlp, *jaeger, *prometheus, *console};
}

}  // namespace otelctl::config
