// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Runs a command, and writes the most memory that it ever had resident, in KiB, into a file:
//
//   peak_memory FILE COMMAND [ARGUMENT...]
//
// The status is the command's. A short command is measured too, and nothing runs beside it.
#include <fstream>
#include <iostream>

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: peak_memory FILE COMMAND [ARGUMENT...]\n";
    return 2;
  }
  pid_t child = 0;
  if (posix_spawnp(&child, argv[2], nullptr, nullptr, argv + 2, environ) != 0) {
    std::cerr << "peak_memory: cannot run " << argv[2] << '\n';
    return 2;
  }
  rusage usage{};
  int status = 0;
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status)) {
    std::cerr << "peak_memory: " << argv[2] << " was ended by a signal\n";
    return 1;
  }
  std::ofstream file(argv[1]);
  file << usage.ru_maxrss << '\n';
  return file.flush() ? WEXITSTATUS(status) : 2;
}
