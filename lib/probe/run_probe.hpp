// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/time.hpp"
#include "probe/probe_report.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

struct ProbeOptions {
  // Send an empty export; else the walk ends before it.
  bool send = true;
  // For everything together.
  nanoseconds timeout = std::chrono::seconds(10);
};

// Walks the way of telemetry stage by stage: config, files, dns, tcp, tls, then an empty export for
// each signal in `targets` (at least one), which the specification says a server should take. When
// an export fails without an OTLP server's verdict, the port is identified to name the cause.
// Signals that go to the same server share the walk to it.
ProbeReport run_probe(const std::vector<settings::OtlpSettings>& targets,
                      const ProbeOptions& options, const Clock& clock);

}  // namespace otelctl::probe
