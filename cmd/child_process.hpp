// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "cmd/process_start.hpp"
#include "cmd/program_path.hpp"

namespace otelctl {

// A program to run as if it had been started in this process's place: the same streams (but
// for `input`), process group and terminal, and the signal mask and ignored signals of `start`.
struct ChildProgram {
  std::string path;
  std::vector<std::string> arguments;    // with the name in front
  std::vector<std::string> environment;  // "NAME=VALUE"
  // What it reads in place of this process's standard input.
  std::optional<int> input = std::nullopt;
};

// How it ended.
struct ChildEnd {
  // None when it was not started.
  std::optional<pid_t> pid = std::nullopt;
  std::optional<StartFailure> not_started = std::nullopt;
  // As a shell puts it: the program's own, 128 + n after signal n, 126 or 127 if it did not start.
  int exit_status = 0;
  // The signal that killed it, 0 if none did.
  int signal = 0;
  // That signal is the SIGINT of a terminal, which reached this process too.
  bool was_interrupted = false;
};

// Starts a program and waits for its end. Meanwhile SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1,
// SIGUSR2 and SIGALRM do not end this process; those that reached it alone are passed on. They stay
// blocked afterwards, so that nothing takes the place of the program's exit status: see
// EndOnSignal. To be called before any thread is started that does not block them. `on_started` is
// called between start and wait.
ChildEnd run_child(const ChildProgram& program, const ProcessStart& start,
                   const std::function<void()>& on_started);

// While it lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT end the process at once with the status
// given: for what is done after run_child, which nobody who sends one wants to wait for. They stay
// blocked afterwards. To be made before other threads are.
class EndOnSignal {
 public:
  explicit EndOnSignal(int exit_status);
  ~EndOnSignal();
  EndOnSignal(const EndOnSignal&) = delete;
  EndOnSignal& operator=(const EndOnSignal&) = delete;
  EndOnSignal(EndOnSignal&&) = delete;
  EndOnSignal& operator=(EndOnSignal&&) = delete;

 private:
  std::thread m_watcher;
};

// Ends this process by SIGINT. A shell gives up its script or loop only for a program that died of
// the signal; an exit status of 130 does not tell it.
[[noreturn]] void end_by_interrupt();

}  // namespace otelctl
