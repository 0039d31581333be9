// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

#include "cmd/context.hpp"

namespace otelctl {

// SIGINT, SIGTERM and SIGHUP of this process. The signals are blocked in every thread and taken by
// one that waits for them, so nothing runs in a signal handler.
class ProcessSignals final : public StopSignals {
 public:
  ProcessSignals() = default;
  ~ProcessSignals() override;
  ProcessSignals(const ProcessSignals&) = delete;
  ProcessSignals& operator=(const ProcessSignals&) = delete;
  ProcessSignals(ProcessSignals&&) = delete;
  ProcessSignals& operator=(ProcessSignals&&) = delete;

  std::stop_token watch() override;
  std::stop_token watch_briefly() override;
  std::optional<int> received() const override;

 private:
  std::stop_source m_stop;
  std::atomic<int> m_received{0};
  std::atomic<bool> m_is_brief{false};
  std::atomic<bool> m_is_over{false};
  std::thread m_watcher;
};

}  // namespace otelctl
