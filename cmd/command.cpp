// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/command.hpp"

#include <csignal>

namespace otelctl {

Exit exit_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::settings:
      return Exit::usage;
    case ErrorKind::unreachable:
      return Exit::unreachable;
    case ErrorKind::refused:
      return Exit::refused;
    case ErrorKind::not_understood:
      return Exit::not_understood;
    case ErrorKind::not_seen:
      return Exit::not_seen;
    case ErrorKind::failed:
      return Exit::failed;
    case ErrorKind::interrupted:
      return Exit::interrupted;
    case ErrorKind::internal:
      return Exit::internal_bug;
  }
  return Exit::internal_bug;
}

Exit exit_of_signal(int signal) {
  switch (signal) {
    case SIGHUP:
      return Exit::hung_up;
    case SIGTERM:
      return Exit::terminated;
    default:
      return Exit::interrupted;
  }
}

}  // namespace otelctl
