// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stop_signals.hpp"

#include <chrono>
#include <csignal>
#include <thread>

#include <doctest/doctest.h>
#include <unistd.h>

#include "cmd/pause.hpp"

using namespace otelctl;

namespace {

bool is_pending(int signal) {
  sigset_t pending;
  sigemptyset(&pending);
  return ::sigpending(&pending) == 0 && sigismember(&pending, signal) == 1;
}

}  // namespace

TEST_CASE("a signal that stops nothing does not make it deaf to those that do") {
  ProcessSignals signals;
  const std::stop_token stop = signals.watch();
  CHECK_FALSE(signals.received());
  ::kill(::getpid(), SIGUSR2);
  while (is_pending(SIGUSR2)) {
    std::this_thread::yield();
  }
  CHECK_FALSE(signals.received());
  ::kill(::getpid(), SIGTERM);
  // As long as a machine may need that has much else to do.
  CHECK_FALSE(pause(std::chrono::minutes(1), stop));
  CHECK(signals.received() == SIGTERM);
}

TEST_CASE("who ends without a signal does not wait for one") {
  ProcessSignals signals;
  CHECK(signals.watch_briefly().stop_possible());
  CHECK_FALSE(signals.received());
}
