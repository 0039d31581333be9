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

// Nothing at the end of input.
std::optional<std::string> read_line() {
  static int reported_interrupts = 0;
  static int reported_user_signals = 0;
  std::string line;
  for (;;) {
    char c = 0;
    const ssize_t got = read(STDIN_FILENO, &c, 1);
    report("interrupt", reported_interrupts, interrupts);
    report("user signal", reported_user_signals, user_signals);
    if (got == 1 && c == '\n') {
      return line;
    }
    if (got == 1) {
      line += c;
    } else if (got == 0 || errno != EINTR) {
      return std::nullopt;
    }
  }
}

int count() {
  struct sigaction action {};
  action.sa_handler = count_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGUSR1, &action, nullptr);
  std::cout << "parent " << getppid() << std::endl << "ready" << std::endl;
  for (;;) {
    const auto line = read_line();
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
