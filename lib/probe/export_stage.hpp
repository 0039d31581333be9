// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/time.hpp"
#include "net/deadline.hpp"
#include "probe/probe_report.hpp"
#include "probe/reach.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

struct ExportStage {
  Stage stage;
  std::optional<Error> error;
};

// Sends an empty export request over a way that was found good, and judges the answer.
ExportStage run_export(const settings::OtlpSettings& settings, const Reach& way,
                       const net::Deadline& deadline, const Clock& clock);

}  // namespace otelctl::probe
