// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace otelctl {
namespace {

constexpr std::array k_passed_on{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM};
constexpr std::array k_ending{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
// Wakes EndOnSignal's thread; from elsewhere it would only end that thread's watch.
constexpr int k_wake = SIGUSR2;

template <std::size_t Count>
sigset_t set_of(const std::array<int, Count>& signals, int one_more) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, one_more);
  for (const int signal : signals) {
    sigaddset(&set, signal);
  }
  return set;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

// All that the child needs between fork and exec, where a process that may have threads can do no
// more than system calls.
struct Start {
  const char* path;
  char* const* arguments;
  char* const* environment;
  const ProcessStart& as;
  bool ignores_sigchld;
  std::optional<int> input;
  int report;  // where to write the errno of a failed exec
};

[[noreturn]] void become_program(const Start& start) {
  if (!start.as.ignores_sigpipe) {
    std::signal(SIGPIPE, SIG_DFL);
  }
  if (!start.as.ignores_sigxfsz) {
    std::signal(SIGXFSZ, SIG_DFL);
  }
  if (start.ignores_sigchld) {
    std::signal(SIGCHLD, SIG_IGN);
  }
  if (start.input) {
    ::dup2(*start.input, STDIN_FILENO);
  }
  sigprocmask(SIG_SETMASK, &start.as.blocked_signals, nullptr);
  ::execve(start.path, start.arguments, start.environment);
  const int error = errno;
  // The parent also learns it from the exit status, should this fail.
  static_cast<void>(!::write(start.report, &error, sizeof error));
  ::_exit(127);
}

// The errno that a child reports, 0 once it has become its program and the pipe is closed thereby.
int read_report(int report) {
  int error = 0;
  ssize_t got = 0;
  do {
    got = ::read(report, &error, sizeof error);
  } while (got == -1 && errno == EINTR);
  return got == sizeof error ? error : 0;
}

tl::expected<pid_t, int> spawn(const ChildProgram& program, const ProcessStart& as,
                               bool ignores_sigchld) {
  std::vector<std::string> arguments = program.arguments;
  std::vector<std::string> environment = program.environment;
  const auto argument_pointers = pointers_to(arguments);
  const auto environment_pointers = pointers_to(environment);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    return tl::make_unexpected(errno);
  }
  // Not posix_spawn, which can make the child take signals that this process ignores, but not let
  // it ignore SIGCHLD, which this process may not.
  const pid_t child = ::fork();
  if (child == 0) {
    become_program({program.path.c_str(), argument_pointers.data(), environment_pointers.data(), as,
                    ignores_sigchld, program.input, pipe[1]});
  }
  int error = child == -1 ? errno : 0;
  ::close(pipe[1]);
  if (child != -1) {
    error = read_report(pipe[0]);
  }
  ::close(pipe[0]);
  if (error == 0) {
    return child;
  }
  if (child != -1) {
    ::waitpid(child, nullptr, 0);
  }
  return tl::make_unexpected(error);
}

// As execvp and every shell do: what the kernel cannot run and looks like text is for sh.
tl::expected<pid_t, int> spawn_program_or_script(const ChildProgram& program,
                                                 const ProcessStart& as, bool ignores_sigchld) {
  auto child = spawn(program, as, ignores_sigchld);
  if (child || child.error() != ENOEXEC || !is_shell_script(program.path)) {
    return child;
  }
  ChildProgram shell = program;
  shell.path = "/bin/sh";
  shell.arguments.front() = program.path;
  shell.arguments.insert(shell.arguments.begin(), "sh");
  return spawn(shell, as, ignores_sigchld);
}

// Whether the terminal's driver sent it, to all of the foreground process group. Timers are the
// kernel's too, but theirs is the process that set them.
bool is_from_terminal(const siginfo_t& signal) {
  return signal.si_code == SI_KERNEL && signal.si_signo != SIGALRM;
}

class Waiter {
 public:
  Waiter(pid_t child, const sigset_t& signals) : m_child(child), m_signals(signals) {}

  ChildEnd wait() {
    while (!has_ended()) {
      siginfo_t signal{};
      if (sigwaitinfo(&m_signals, &signal) != -1) {
        take(signal);
      }
    }
    take_what_is_pending();
    m_end.was_interrupted = m_end.signal == SIGINT && m_was_interrupted;
    return m_end;
  }

 private:
  bool has_ended() {
    siginfo_t change{};
    while (::waitid(P_PID, static_cast<id_t>(m_child), &change, WEXITED | WSTOPPED | WNOHANG) ==
               0 &&
           change.si_pid == m_child) {
      if (change.si_code != CLD_STOPPED) {
        m_end.pid = m_child;
        m_end.signal = change.si_code == CLD_EXITED ? 0 : change.si_status;
        m_end.exit_status = change.si_status + (m_end.signal == 0 ? 0 : 128);
        return true;
      }
      stop_too();
      change = {};
    }
    return false;
  }

  // Ctrl-Z stops the whole process group, this process included. A shell that has made a group of
  // its own and suspends itself would stop alone, and the one that waits for us would never know.
  void stop_too() const {
    const pid_t group = ::getpgid(m_child);
    if (group != -1 && group != ::getpgrp()) {
      std::raise(SIGSTOP);
      ::kill(-group, SIGCONT);
    }
  }

  void take(const siginfo_t& signal) {
    if (signal.si_signo == SIGCHLD) {
      return;
    }
    if (is_from_terminal(signal)) {
      m_was_interrupted = m_was_interrupted || signal.si_signo == SIGINT;
      return;
    }
    // Still there even if it has just ended: its id is free only after waitid told so.
    ::kill(m_child, signal.si_signo);
  }

  // What was sent while the child still lived is no wish to end what comes after it.
  void take_what_is_pending() {
    const timespec at_once{};
    siginfo_t signal{};
    while (sigtimedwait(&m_signals, &signal, &at_once) != -1) {
      m_was_interrupted =
          m_was_interrupted || (is_from_terminal(signal) && signal.si_signo == SIGINT);
    }
  }

  pid_t m_child;
  const sigset_t& m_signals;
  bool m_was_interrupted = false;
  ChildEnd m_end;
};

}  // namespace

ChildEnd run_child(const ChildProgram& program, const ProcessStart& start,
                   const std::function<void()>& on_started) {
  const sigset_t signals = set_of(k_passed_on, SIGCHLD);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // Ignored, the child would vanish without leaving its exit status.
  const bool ignores_sigchld = std::signal(SIGCHLD, SIG_DFL) == SIG_IGN;
  const auto child = spawn_program_or_script(program, start, ignores_sigchld);
  if (!child) {
    ChildEnd end;
    end.not_started = StartFailure{child.error(), true};
    end.exit_status = end.not_started->exit_status();
    return end;
  }
  on_started();
  return Waiter(*child, signals).wait();
}

EndOnSignal::EndOnSignal(int exit_status) {
  const sigset_t signals = set_of(k_ending, k_wake);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  m_watcher = std::thread([exit_status, signals] {
    int signal = 0;
    if (sigwait(&signals, &signal) == 0 && signal != k_wake) {
      ::_exit(exit_status);
    }
  });
}

EndOnSignal::~EndOnSignal() {
  pthread_kill(m_watcher.native_handle(), k_wake);
  m_watcher.join();
}

void end_by_interrupt() {
  std::signal(SIGINT, SIG_DFL);
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_UNBLOCK, &interrupt, nullptr);
  std::raise(SIGINT);
  ::_exit(128 + SIGINT);
}

}  // namespace otelctl
