// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// A command for exec_terminal_test.cpp: a shell would join signals that come close together.
//
//   count      reads lines until "end", says what it reads and each SIGINT, and exits with 6
//   own-group  leaves its process group, as shells do, and stops itself
#include <cerrno>
#include <csignal>
#include <iostream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

volatile std::sig_atomic_t interrupts = 0;

void count_interrupt(int) {
  interrupts = interrupts + 1;
}

void report_interrupts(int& reported) {
  while (reported < interrupts) {
    ++reported;
    std::cout << "interrupt " << reported << std::endl;
  }
}

int count() {
  struct sigaction action {};
  action.sa_handler = count_interrupt;
  sigaction(SIGINT, &action, nullptr);
  std::cout << "ready" << std::endl;
  int reported = 0;
  std::string line;
  char c = 0;
  while (line != "end") {
    line.clear();
    for (;;) {
      const ssize_t got = read(STDIN_FILENO, &c, 1);
      report_interrupts(reported);
      if (got == 1 && c != '\n') {
        line += c;
      } else if (got == 1) {
        break;
      } else if (got == 0 || errno != EINTR) {
        return 1;
      }
    }
    std::cout << "read " << line << std::endl;
  }
  return 6;
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
