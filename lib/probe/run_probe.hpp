// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "probe/probe_report.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

struct ProbeOptions {
  // Send to the receiver; else the walk ends before any export.
  bool send = true;
  // Say what listens on the port even when all is well.
  bool identify = false;
  // For everything together.
  nanoseconds timeout = std::chrono::seconds(10);
};

struct ProbeTools {
  const Clock& clock;
  Random& random;  // for the canary's ids
};

// The report before the first packet: what is aimed at, and the stage `config` with what is known
// to be wrong about that.
ProbeReport begin_report(const std::vector<settings::OtlpSettings>& targets);

// Walks the way of telemetry stage by stage: config, files, dns, tcp, tls, then for each signal in
// `targets` (at least one) an export: an empty request and a canary. When an export fails without
// an OTLP server's verdict, the port is identified to name the cause. Signals that go to the same
// server share the walk to it.
ProbeReport run_probe(const std::vector<settings::OtlpSettings>& targets,
                      const ProbeOptions& options, const ProbeTools& tools);

struct Patience {
  // How long to walk again while the failure may pass by itself; nothing else is waited for.
  nanoseconds time{};
  // Waits that long; false ends the waiting.
  std::function<bool(nanoseconds)> pause;
  // Told what is waited for, whenever that changes.
  std::function<void(const Error&)> tell;
};

// The walk that was good, or the last one. No walk goes on for longer than patience lasts, but for
// a moment that it needs to name a cause.
ProbeReport wait_until_ready(const std::vector<settings::OtlpSettings>& targets,
                             const ProbeOptions& options, const Patience& patience,
                             const ProbeTools& tools);

}  // namespace otelctl::probe
