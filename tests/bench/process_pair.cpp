// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Times two commands against each other, in turn, so that a drift of the machine hits both:
//
//   process_pair RUNS 'COMMAND A' 'COMMAND B'
//
// and prints one line of NAME=NUMBER: the medians of the CPU time (user and system) and of the wall
// time of both in milliseconds, the median and the quartiles of the ratios A/B of neighbouring
// runs' wall times, and the commands' exit statuses. One run of each comes first and does not
// count. Words are split at spaces; the commands' output is thrown away. A command whose status
// changes from run to run is an error.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace {

struct Cost {
  double cpu_ms = 0;
  double wall_ms = 0;
  int status = 0;
};

double milliseconds(timeval time) {
  return static_cast<double>(time.tv_sec) * 1000.0 + static_cast<double>(time.tv_usec) / 1000.0;
}

std::vector<std::string> words_of(const std::string& command) {
  std::istringstream text(command);
  std::vector<std::string> words;
  for (std::string word; text >> word;) {
    words.push_back(word);
  }
  return words;
}

Cost run_once(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ) != 0) {
    std::cerr << "process_pair: cannot run " << words.front() << '\n';
    std::exit(2);
  }
  posix_spawn_file_actions_destroy(&actions);
  rusage usage{};
  int status = 0;
  wait4(child, &status, 0, &usage);
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  // As a shell counts them.
  return {milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), wall.count(),
          WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
}

// One command and what its runs cost.
class Series {
 public:
  explicit Series(const std::string& command) : m_words(words_of(command)) {
    m_status = run_once(m_words).status;
  }

  double run() {
    m_costs.push_back(run_once(m_words));
    if (m_costs.back().status != m_status) {
      std::cerr << "process_pair: " << m_words.front() << " ended with " << m_status
                << " and then with " << m_costs.back().status << '\n';
      std::exit(1);
    }
    return m_costs.back().wall_ms;
  }

  const std::vector<Cost>& costs() const { return m_costs; }
  int status() const { return m_status; }

 private:
  std::vector<std::string> m_words;
  std::vector<Cost> m_costs;
  int m_status = 0;
};

// The value below which a share of them lie.
double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size()))];
}

template <typename Member>
double median_of(const std::vector<Cost>& costs, Member member) {
  std::vector<double> values;
  for (const Cost& cost : costs) {
    values.push_back(cost.*member);
  }
  return quantile(values, 0.5);
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc == 4 ? std::atoi(argv[1]) : 0;
  if (runs < 1) {
    std::cerr << "usage: process_pair RUNS 'COMMAND A' 'COMMAND B'\n";
    return 2;
  }
  Series first(argv[2]);
  Series second(argv[3]);
  std::vector<double> ratios;
  for (int run = 0; run < runs; ++run) {
    const double time = first.run();
    ratios.push_back(time / second.run());
  }
  std::cout.precision(4);
  std::cout << "cpu_a=" << median_of(first.costs(), &Cost::cpu_ms)
            << " wall_a=" << median_of(first.costs(), &Cost::wall_ms)
            << " cpu_b=" << median_of(second.costs(), &Cost::cpu_ms)
            << " wall_b=" << median_of(second.costs(), &Cost::wall_ms)
            << " ratio=" << quantile(ratios, 0.5) << " ratio_low=" << quantile(ratios, 0.25)
            << " ratio_high=" << quantile(ratios, 0.75) << " status_a=" << first.status()
            << " status_b=" << second.status() << '\n';
  return 0;
}
