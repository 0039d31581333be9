// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/random.hpp"
#include "base/time.hpp"
#include "net/deadline.hpp"
#include "probe/probe_report.hpp"
#include "probe/reach.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

struct ExportStage {
  Stage stage;
  std::optional<Error> error;
  bool may_heal = false;  // whether the error may pass by itself
};

// Sends over a way that was found good, first an empty request, which a receiver should take
// (OTLP 1.11.0, "Full Success"), then the canary, and judges the answers. Some platforms refuse
// what is empty with 400 or INVALID_ARGUMENT and take the canary: that is a warning.
ExportStage run_export(const settings::OtlpSettings& settings, const Reach& way,
                       const net::Deadline& deadline, const Clock& clock, Random& random);

}  // namespace otelctl::probe
