// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// A command for exec_terminal_test.cpp: a shell would join signals that come close together.
//
//   count      tells its parent's id, reads lines until "end", says what it reads and each SIGINT
//   and
//              SIGUSR1, and exits with 6
//   own-group  leaves its process group, as shells do, and stops itself
#include <cerrno>
#include <csignal>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

#include <poll.h>
#include <unistd.h>

namespace {

volatile std::sig_atomic_t interrupts = 0;
volatile std::sig_atomic_t user_signals = 0;

void count_signal(int signal) {
  volatile std::sig_atomic_t& count = signal == SIGINT ? interrupts : user_signals;
  count = count + 1;
}

void report(const char* what, int& reported, int count) {
  while (reported < count) {
    ++reported;
    std::cout << what << ' ' << reported << std::endl;
  }
}

// Signals come in while it waits for input and at no other time, so none is overlooked.
class Input {
 public:
  Input() {
    sigset_t signals;
    sigemptyset(&signals);
    struct sigaction action {};
    action.sa_handler = count_signal;
    for (const int signal : {SIGINT, SIGUSR1}) {
      sigaction(signal, &action, nullptr);
      sigaddset(&signals, signal);
    }
    sigprocmask(SIG_BLOCK, &signals, &m_while_waiting);
  }

  // Nothing at the end.
  std::optional<std::string> read_line() {
    std::string line;
    for (;;) {
      wait();
      char c = 0;
      if (read(STDIN_FILENO, &c, 1) != 1) {
        return std::nullopt;
      }
      if (c == '\n') {
        return line;
      }
      line += c;
    }
  }

 private:
  void wait() {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    while (ppoll(&input, 1, nullptr, &m_while_waiting) == -1 && errno == EINTR) {
      report("interrupt", m_interrupts, interrupts);
      report("user signal", m_user_signals, user_signals);
    }
  }

  sigset_t m_while_waiting{};
  int m_interrupts = 0;
  int m_user_signals = 0;
};

int count() {
  Input input;
  std::cout << "parent " << getppid() << std::endl << "ready" << std::endl;
  for (;;) {
    const auto line = input.read_line();
    if (!line) {
      return 1;
    }
    std::cout << "read " << *line << std::endl;
    if (*line == "end") {
      return 6;
    }
  }
}

int stop_in_own_group() {
  setpgid(0, 0);
  std::cout << "ready" << std::endl;
  std::raise(SIGSTOP);
  std::cout << "continued" << std::endl;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  return what == "own-group" ? stop_in_own_group() : count();
}
