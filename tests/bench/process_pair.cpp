// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Times two commands against each other, in turn, so that a drift of the machine hits both:
//
//   process_pair RUNS LABEL 'COMMAND A' 'COMMAND B'
//
// and prints one line: LABEL, the median of the CPU time (user and system) and of the wall time of
// both, and the median of the ratios A/B of neighbouring runs. Words are split at spaces; the
// commands' output is thrown away.
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
  return {milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), wall.count()};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

template <typename Member>
double median_of(const std::vector<Cost>& costs, Member member) {
  std::vector<double> values;
  for (const Cost& cost : costs) {
    values.push_back(cost.*member);
  }
  return median(values);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: process_pair RUNS LABEL 'COMMAND A' 'COMMAND B'\n";
    return 2;
  }
  const auto first = words_of(argv[3]);
  const auto second = words_of(argv[4]);
  run_once(first);
  run_once(second);
  std::vector<Cost> first_costs;
  std::vector<Cost> second_costs;
  std::vector<double> ratios;
  for (int run = std::atoi(argv[1]); run > 0; --run) {
    first_costs.push_back(run_once(first));
    second_costs.push_back(run_once(second));
    ratios.push_back(first_costs.back().wall_ms / second_costs.back().wall_ms);
  }
  std::cout.precision(3);
  std::cout << argv[2] << ": A cpu " << median_of(first_costs, &Cost::cpu_ms) << " ms, wall "
            << median_of(first_costs, &Cost::wall_ms) << " ms; B cpu "
            << median_of(second_costs, &Cost::cpu_ms) << " ms, wall "
            << median_of(second_costs, &Cost::wall_ms) << " ms; wall A/B " << median(ratios)
            << '\n';
  return 0;
}
