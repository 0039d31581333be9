// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/time.hpp"
#include "net/deadline.hpp"
#include "otlp/exporter.hpp"
#include "otlp/retry.hpp"
#include "probe/canary.hpp"
#include "probe/probe_report.hpp"
#include "probe/reach.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// How it is sent.
struct ExportManner {
  // An empty request goes ahead, which a receiver should take (OTLP 1.11.0, "Full Success"). Some
  // platforms refuse what is empty with 400 or INVALID_ARGUMENT and take the canary: a warning.
  bool begins_empty = true;
  // To send the canary again as exporters do; without it there is one attempt.
  const otlp::RetryTools* retries = nullptr;
};

struct ExportStage {
  Stage stage;
  std::optional<Error> error;
  bool may_heal = false;  // whether the error may pass by itself
  // What became of the canary; nothing when it was not sent.
  std::optional<otlp::ExportOutcome> canary = std::nullopt;
};

// Sends the canary over a way that was found good, and judges the answers.
ExportStage run_export(const settings::OtlpSettings& settings, const Reach& way,
                       const Canary& canary, const net::Deadline& deadline, const Clock& clock,
                       const ExportManner& manner = {});

}  // namespace otelctl::probe
