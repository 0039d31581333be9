// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "net/deadline.hpp"
#include "net/resolver.hpp"
#include "probe/probe_report.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// The way to a server below its protocol.
struct Reach {
  std::vector<Stage> stages;            // files (where some are given), dns, tcp, tls
  std::optional<net::Address> address;  // what answered
  std::optional<Error> error;           // of the stage that failed
  bool may_heal = false;                // whether that may pass by itself
  bool wants_client_certificate = false;
};

// Checks the TLS files, resolves the name, connects, and shakes hands if the endpoint is https.
// Where a proxy leads to the target, dns and tcp are the proxy's. Stops at the first failure and
// tells more about it: on a refused connection whether OTLP's other port is open, on a failed
// handshake what the port speaks instead.
Reach reach(const settings::OtlpSettings& settings, const net::Deadline& deadline,
            const Clock& clock);

}  // namespace otelctl::probe
