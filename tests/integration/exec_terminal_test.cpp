// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// exec in a terminal of its own, under something like a shell: Ctrl-C and Ctrl-Z do what they do
// without otelctl.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr int k_patience_ms = 60'000;

void say(std::string_view text) {
  if (write(STDOUT_FILENO, text.data(), text.size()) == -1) {
    _exit(99);
  }
}

// What a shell with job control does for one job in the foreground: it tells how the job stopped or
// ended, and continues what stopped where it is to.
enum class Stopped { is_continued, stays };

[[noreturn]] void be_shell(std::vector<char*> argv, Stopped stopped) {
  signal(SIGTTOU, SIG_IGN);
  const pid_t job = fork();
  if (job == 0) {
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, SIG_DFL);
    execv(argv[0], argv.data());
    _exit(98);
  }
  for (;;) {
    int status = 0;
    waitpid(job, &status, WUNTRACED);
    if (WIFSTOPPED(status)) {
      say("[stopped by " + std::to_string(WSTOPSIG(status)) + "]\n");
      if (stopped == Stopped::is_continued) {
        kill(-job, SIGCONT);
      }
      continue;
    }
    say(WIFEXITED(status) ? "[exit " + std::to_string(WEXITSTATUS(status)) + "]\n"
                          : "[killed by " + std::to_string(WTERMSIG(status)) + "]\n");
    _exit(0);
  }
}

// `otelctl exec -q -- sh -c SCRIPT` in a terminal.
class Terminal {
 public:
  explicit Terminal(std::string script, Stopped stopped = Stopped::is_continued) {
    std::vector<std::string> words{OTELCTL_PROGRAM,      "exec", "-q", "--endpoint",
                                   "http://127.0.0.1:1", "--",   "sh", "-c",
                                   std::move(script)};
    std::vector<char*> argv;
    for (std::string& word : words) {
      argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    m_shell = forkpty(&m_terminal, nullptr, nullptr, nullptr);
    if (m_shell == -1 && errno == ENOENT) {
      // ctest takes the line as the reason why the test is skipped.
      std::puts("SKIPPED: there are no pseudo-terminals here (/dev/pts)");
      std::exit(0);
    }
    REQUIRE(m_shell != -1);
    if (m_shell == 0) {
      be_shell(argv, stopped);
    }
  }
  ~Terminal() {
    close(m_terminal);
    waitpid(m_shell, nullptr, 0);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  Terminal(Terminal&&) = delete;
  Terminal& operator=(Terminal&&) = delete;

  void type(std::string_view keys) const {
    REQUIRE(write(m_terminal, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }

  // Waits until the text has appeared so often.
  void expect(std::string_view text, int times = 1) {
    while (count(text) < times) {
      pollfd wait{.fd = m_terminal, .events = POLLIN, .revents = 0};
      char bytes[512];
      const bool is_readable = poll(&wait, 1, k_patience_ms) == 1;
      const ssize_t got = is_readable ? read(m_terminal, bytes, sizeof bytes) : -1;
      REQUIRE_MESSAGE(got > 0, "waited for '", text, "', saw: ", m_seen);
      m_seen.append(bytes, static_cast<std::size_t>(got));
    }
  }

  // The number that was printed behind `text`, of which more was seen than that.
  int number_behind(std::string_view text) const {
    return std::stoi(m_seen.substr(m_seen.find(text) + text.size()));
  }

  int count(std::string_view text) const {
    int found = 0;
    for (auto at = m_seen.find(text); at != std::string::npos; at = m_seen.find(text, at + 1)) {
      ++found;
    }
    return found;
  }

 private:
  int m_terminal = -1;
  pid_t m_shell = -1;
  std::string m_seen;
};

constexpr const char* k_ctrl_c = "\x03";
constexpr const char* k_ctrl_z = "\x1a";

const std::string k_child = OTELCTL_TERMINAL_CHILD;

}  // namespace

TEST_CASE("otelctl outlives Ctrl-C as long as the command does") {
  Terminal terminal("exec " + k_child + " count");
  terminal.expect("ready");
  for (int times = 1; times <= 3; ++times) {
    terminal.type(k_ctrl_c);
    terminal.expect("interrupt " + std::to_string(times));
  }
  terminal.type("end\n");
  terminal.expect("[exit 6]");
}

TEST_CASE("Ctrl-C reaches a command once") {
  Terminal terminal("exec " + k_child + " count", Stopped::stays);
  terminal.expect("ready");
  // The command has seen its SIGINT before otelctl gets its own, so that another would not be
  // joined with it. Of those that wait otelctl takes SIGINT before SIGUSR1, which it passes on.
  const pid_t otelctl = terminal.number_behind("parent ");
  kill(otelctl, SIGSTOP);
  terminal.expect("[stopped by " + std::to_string(SIGSTOP) + "]");
  terminal.type(k_ctrl_c);
  terminal.expect("interrupt 1");
  kill(otelctl, SIGUSR1);
  kill(otelctl, SIGCONT);
  terminal.expect("user signal 1");
  terminal.type("end\n");
  terminal.expect("[exit 6]");
  CHECK(terminal.count("interrupt ") == 1);
}

TEST_CASE("a command that dies of Ctrl-C takes otelctl along, so that a shell ends its loop") {
  Terminal terminal("echo ready; exec sleep 1000");
  terminal.expect("ready");
  terminal.type(k_ctrl_c);
  terminal.expect("[killed by " + std::to_string(SIGINT) + "]");
}

TEST_CASE("a command that dies of Ctrl-\\ is an exit status like any other") {
  Terminal terminal("ulimit -c 0; echo ready; exec sleep 1000");
  terminal.expect("ready");
  terminal.type("\x1c");
  terminal.expect("[exit 131]");
}

TEST_CASE("Ctrl-Z stops command and otelctl, and both go on") {
  Terminal terminal("exec " + k_child + " count");
  terminal.expect("ready");
  for (int times = 1; times <= 2; ++times) {
    terminal.type(k_ctrl_z);
    terminal.expect("[stopped by " + std::to_string(SIGTSTP) + "]", times);
    terminal.type("more\n");
    terminal.expect("read more", times);
  }
  terminal.type("end\n");
  terminal.expect("[exit 6]");
}

TEST_CASE("a shell that has a process group of its own can suspend itself") {
  Terminal terminal("exec " + k_child + " own-group");
  terminal.expect("[stopped by " + std::to_string(SIGSTOP) + "]");
  terminal.expect("continued");
  terminal.expect("[exit 0]");
}

TEST_CASE("the command has the terminal") {
  Terminal terminal("stty rows 33 cols 77; stty size; test -t 0 && test -t 1 && test -t 2");
  terminal.expect("33 77");
  terminal.expect("[exit 0]");
}
