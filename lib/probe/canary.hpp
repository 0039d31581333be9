// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// One harmless record of a signal, as a serialised Export*ServiceRequest: the span or log record
// "otelctl canary", or one point of the gauge "otelctl.canary", of the service that the settings
// name ("otelctl-canary" where they name none), each with the attribute otelctl.canary=true.
struct Canary {
  std::string payload;
  std::optional<TraceId> trace_id = std::nullopt;  // of the span
};

// Error kind: usage, for a --resource whose value is not of its type.
Result<Canary> make_canary(const settings::OtlpSettings& settings, Random& random, Time now);

}  // namespace otelctl::probe
