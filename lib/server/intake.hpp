// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "server/fault.hpp"
#include "server/recorder.hpp"
#include "server/required_headers.hpp"
#include "server/stats.hpp"
#include "server/store.hpp"

namespace otelctl::server {

// What stands behind both receivers. Thread-safe.
struct Intake {
  Store store;
  FaultPlan faults;
  std::unique_ptr<Recorder> recorder;  // none unless asked for
  RequiredHeaders required_headers;

  Stats stats() const {
    Stats stats = store.stats();
    stats.faults = faults.counts();
    if (recorder != nullptr) {
      stats.recording = recorder->state();
    }
    return stats;
  }
};

}  // namespace otelctl::server
