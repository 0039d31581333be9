// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// How long `otelctl test-connection --timeout 1s` takes with each bad peer of the table:
//
//   bad_peers OTELCTL [PART OF A NAME]
//
// prints for every row its exit status, its time and how far past the timeout it ended, and the
// worst last. Rows that this machine cannot play are named and left out.
#include "tests/support/bad_peers/bad_peers.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include "tests/support/own_names.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace {

namespace test = otelctl::test;

using otelctl::test::BadPeer;
using otelctl::test::LivePeer;
using otelctl::test::PeerKit;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr Milliseconds k_timeout = std::chrono::seconds(1);
constexpr Milliseconds k_allowed = std::chrono::milliseconds(200);

struct Outcome {
  int status = 0;
  Milliseconds time{};
};

Outcome run(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  // The test servers ignore SIGPIPE; otelctl must get by without that.
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawn(&child, argv[0], &actions, &attributes, argv.data(), environ) != 0) {
    std::fprintf(stderr, "bad_peers: cannot run %s\n", program.c_str());
    std::exit(2);
  }
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  waitpid(child, &status, 0);
  // A signal, as of a sanitizer that aborts, shows as a status beyond all others.
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          std::chrono::steady_clock::now() - start};
}

class Bench {
 public:
  Bench(std::string program, std::string part)
      : m_program(std::move(program)), m_part(std::move(part)) {}

  void family(const std::vector<BadPeer>& peers) {
    const PeerKit kit;
    for (const BadPeer& peer : peers) {
      const std::string name = peer.name + " by " + peer.protocol;
      if (name.find(m_part) != std::string::npos) {
        row(peer, name, kit);
      }
    }
  }

  void summary() const {
    std::printf("%d rows, %d of them later than the timeout and 200 ms, %d with another status\n",
                m_rows, m_late, m_wrong);
    std::printf("worst: %.0f ms past the timeout, %s\n", m_worst.count(), m_worst_name.c_str());
  }

 private:
  void row(const BadPeer& peer, const std::string& name, const PeerKit& kit) {
    const LivePeer live = peer.start(kit);
    const Outcome outcome = run(m_program, test::command_line(peer, live, "1s", "json"));
    const Milliseconds past = outcome.time - k_timeout;
    const bool is_wrong = outcome.status != peer.verdict.status;
    ++m_rows;
    m_late += past > k_allowed ? 1 : 0;
    m_wrong += is_wrong ? 1 : 0;
    if (past > m_worst) {
      m_worst = past;
      m_worst_name = name;
    }
    std::printf("%-72s status %d%s  %6.0f ms  %+6.0f ms%s\n", name.c_str(), outcome.status,
                is_wrong ? " (wrong)" : "", outcome.time.count(), past.count(),
                past > k_allowed ? "  LATE" : "");
    std::fflush(stdout);
  }

  std::string m_program;
  std::string m_part;
  int m_rows = 0;
  int m_late = 0;
  int m_wrong = 0;
  Milliseconds m_worst = -k_timeout;
  std::string m_worst_name;
};

void bench_names(Bench& bench) {
  const test::MuteNameServer mute{std::string(test::k_mute_name_server)};
  std::thread([&] {
    if (mute.is_there() && test::enter_own_names(std::string(test::k_own_hosts),
                                                 std::string(test::k_mute_name_server))) {
      bench.family(test::name_peers());
      if (test::can_listen_at({"::1"})) {
        bench.family(test::ipv6_name_peers());
      }

    } else {
      std::puts("names of their own: skipped, this needs root");
    }
  }).join();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: bad_peers OTELCTL [PART OF A NAME]\n", stderr);
    return 2;
  }
  Bench bench(argv[1], argc > 2 ? argv[2] : "");
  for (auto* family : {&test::plaintext_peers, &test::http_answer_peers, &test::grpc_answer_peers,
                       &test::tls_peers, &test::address_peers}) {
    bench.family(family());
  }
  if (test::can_listen_at({"::1"})) {
    bench.family(test::ipv6_peers());
  } else {
    std::puts("IPv6: skipped, this machine has no ::1");
  }
  bench_names(bench);
  bench.summary();
  return 0;
}
