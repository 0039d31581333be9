// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/time.hpp"
#include "net/deadline.hpp"
#include "net/resolver.hpp"
#include "probe/probe_report.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

struct ExportStage {
  Stage stage;
  std::optional<Error> error;
};

// Sends an empty export request and judges the answer; `address` is where a connection was made.
ExportStage run_export(const settings::OtlpSettings& settings, const net::Address& address,
                       const net::Deadline& deadline, const Clock& clock);

}  // namespace otelctl::probe
