// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "config/section/section.hpp"

namespace otelctl::config {

// Which exporters are switched on.
struct Exporters {
  bool otlp = false;
  bool jaeger = false;
  bool prometheus = false;
  bool console = false;

  bool any() const { return otlp || jaeger || prometheus || console; }
  bool for_spans() const { return otlp || jaeger || console; }
  bool for_metrics() const { return otlp || prometheus || console; }
};

// Nothing when one of the switches cannot be read: then no rule may judge by them.
std::optional<Exporters> enabled_exporters(const Section& section);

}  // namespace otelctl::config
