// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "probe/probe_report.hpp"
#include "query/backend.hpp"
#include "settings/otlp_settings.hpp"
#include "smoke/compare.hpp"
#include "smoke/configuration.hpp"
#include "synth/ledger.hpp"

namespace otelctl::smoke {

// Both count from the moment at which sending began; 0 where it did not come to that.
struct RoundTrip {
  nanoseconds accepted{};
  nanoseconds visible{};      // to the first answer that held every span
  std::int64_t attempts = 0;  // how often the backend was asked for them
};

// The whole road. The stages are validate, config, files, dns, tcp, tls, backend, export, verify
// (it is there) and compare (it is as it was sent).
struct SmokeReport {
  probe::ProbeReport probe;
  query::BackendInfo backend;
  synth::Ledger ledger{Signal::traces, 0};
  RoundTrip round_trip;
  std::vector<Difference> differences;
};

struct SmokeTools {
  const Clock& clock;
  Random& random;
  // Waits that long; false ends the run.
  std::function<bool(nanoseconds)> pause;
};

// A road that ends with its first stage: the configuration has errors. Without `settings` they
// could not even be read.
SmokeReport end_at_configuration(ConfigurationCheck check, const settings::OtlpSettings* settings);

// Goes the road: connects, asks the backend for the canary before it is sent, sends it, looks for
// it for `within`, and compares it. Error kinds: interrupted; usage, for a --resource whose value
// is not of its type. All else that fails is in the report.
Result<SmokeReport> run_smoke(const settings::OtlpSettings& settings, query::Backend& backend,
                              ConfigurationCheck check, nanoseconds within,
                              const SmokeTools& tools);

}  // namespace otelctl::smoke
