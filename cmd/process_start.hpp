// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <string>
#include <vector>

namespace otelctl {

// What this process was started with, before it changed anything: a program that it starts in its
// turn gets the same.
struct ProcessStart {
  // "NAME=VALUE" as they came: in their order, with duplicates and what holds no '='.
  std::vector<std::string> environment = {};
  sigset_t blocked_signals = {};
  bool ignores_sigpipe = false;
  bool ignores_sigxfsz = false;
};

}  // namespace otelctl
