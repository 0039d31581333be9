// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stop_signals.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>

#include <unistd.h>

namespace otelctl {
namespace {

// Wakes the watcher when the program ends by itself. From elsewhere it means nothing: who is sent
// it still takes the others.
constexpr int k_wake = SIGUSR2;
// A second signal this soon is the first one's other half: timeout(1) sends it to its child and to
// the group that the child is in.
constexpr auto k_same_request = std::chrono::milliseconds(300);

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  // Once blocked it would be taken even where nohup has it ignored.
  if (!is_ignored(SIGHUP)) {
    sigaddset(&set, SIGHUP);
  }
  sigaddset(&set, k_wake);
  return set;
}

constexpr int k_too_late = -1;

// The next of the signals, 0 when there was none after all, and k_too_late after a second without
// one where only so long is waited.
int next_signal(const sigset_t& set, bool is_brief) {
  int signal = 0;
  if (!is_brief) {
    return sigwait(&set, &signal) == 0 ? signal : 0;
  }
  constexpr timespec k_second{1, 0};
  signal = sigtimedwait(&set, nullptr, &k_second);
  return signal > 0 ? signal : (errno == EAGAIN ? k_too_late : 0);
}

}  // namespace

std::stop_token ProcessSignals::watch_briefly() {
  m_is_brief = true;
  return watch();
}

std::stop_token ProcessSignals::watch() {
  if (m_watcher.joinable()) {
    return m_stop.get_token();
  }
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  m_watcher = std::thread([this, set] {
    std::chrono::steady_clock::time_point first;
    for (;;) {
      const int signal = next_signal(set, m_received.load() != 0 && m_is_brief.load());
      if (signal == 0 || (signal == k_wake && !m_is_over.load())) {
        continue;
      }
      if (signal == k_too_late) {
        ::_exit(128 + m_received.load());
      }
      if (signal == k_wake) {
        return;
      }
      const auto now = std::chrono::steady_clock::now();
      if (m_received.load() == 0) {
        first = now;
        m_received = signal;
        m_stop.request_stop();
      } else if (now - first > k_same_request) {
        // Asked twice: whoever does so wants out now, whatever is still in flight.
        ::_exit(128 + signal);
      }
    }
  });
  return m_stop.get_token();
}

std::optional<int> ProcessSignals::received() const {
  const int signal = m_received.load();
  return signal == 0 ? std::nullopt : std::optional(signal);
}

ProcessSignals::~ProcessSignals() {
  if (m_watcher.joinable()) {
    m_is_over = true;
    pthread_kill(m_watcher.native_handle(), k_wake);
    m_watcher.join();
  }
}

}  // namespace otelctl
