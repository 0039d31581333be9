// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <istream>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/fd_stream.hpp"
#include "cmd/app.hpp"
#include "cmd/command.hpp"
#include "cmd/context.hpp"
#include "cmd/pager.hpp"
#include "cmd/stop_signals.hpp"

namespace otelctl {
namespace {

// A standard stream that was closed would give its number to the first socket opened: results would
// be written to a peer.
void keep_standard_descriptors() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // The lowest free number is the one that is missing. Reading from it, or writing to it,
      // fails.
      static_cast<void>(::open("/", O_PATH | O_CLOEXEC));
    }
  }
}

// The descriptor if it is what this process was started with, else -1. What exec() hands on does
// not close at exec(): what does was opened since, by keep_standard_descriptors() or, before
// main(), by a library (gRPC has an eventfd of its own), which must neither get results nor be
// waited for.
int inherited(int descriptor) {
  const int flags = ::fcntl(descriptor, F_GETFD);
  return flags != -1 && (flags & FD_CLOEXEC) == 0 ? descriptor : -1;
}

void release_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO}) {
    if (inherited(descriptor) != -1) {
      ::close(descriptor);
    }
  }
  keep_standard_descriptors();
}

std::vector<std::string> entries_of(const char* const* environment) {
  std::vector<std::string> entries;
  for (; environment != nullptr && *environment != nullptr; ++environment) {
    entries.emplace_back(*environment);
  }
  return entries;
}

// Whether the other end of a pipe was closed, which a program that has nothing to write would not
// learn otherwise.
bool has_no_reader(int descriptor) {
  pollfd asked{descriptor, 0, 0};
  return ::poll(&asked, 1, 0) == 1 && (asked.revents & (POLLERR | POLLHUP)) != 0;
}

}  // namespace

int run_process(int argc, const char* const* argv, const char* const* environment,
                const BuildOrigin& origin) {
  keep_standard_descriptors();
  ProcessStart start{.environment = entries_of(environment)};
  pthread_sigmask(SIG_SETMASK, nullptr, &start.blocked_signals);
  // A peer that closes while we write must not end the process; write() then fails with EPIPE.
  start.ignores_sigpipe = std::signal(SIGPIPE, SIG_IGN) == SIG_IGN;
  // Nor must a limit on the size of files (ulimit -f): write() then fails with EFBIG.
  start.ignores_sigxfsz = std::signal(SIGXFSZ, SIG_IGN) == SIG_IGN;
  DescriptorSource in_buffer(inherited(STDIN_FILENO));
  DescriptorBuffer out_buffer(inherited(STDOUT_FILENO));
  DescriptorBuffer err_buffer(inherited(STDERR_FILENO));
  std::istream in(&in_buffer);
  std::ostream out(&out_buffer);
  std::ostream err(&err_buffer);
  err << std::unitbuf;

  const Environment variables = Environment::from(environment);
  const SystemClock clock;
  SystemRandom random;
  ProcessSignals signals;
  Context context(
      {.in = in,
       .out = out,
       .err = err,
       .out_facts = terminal::ask_stream(STDOUT_FILENO),
       .err_facts = terminal::ask_stream(STDERR_FILENO),
       .in_facts = terminal::ask_stream(STDIN_FILENO),
       .environment = variables,
       .clock = clock,
       .random = random,
       .signals = signals,
       .start = start,
       .origin = origin,
       .release_streams = release_streams,
       .is_out_closed =
           [&out_buffer] { return out_buffer.error() == EPIPE || has_no_reader(STDOUT_FILENO); },
       .leave =
           [&out] {
             out.flush();
             std::_Exit(static_cast<int>(Exit::ok));
           },
       .page =
           [&](std::string_view text) {
             const std::string command = pager_command(variables);
             return !command.empty() && show_in_pager(text, command, start);
           }});
  int status = run_app({argv + (argc > 0 ? 1 : 0), argv + argc}, context);
  out.flush();
  if (!out && status == 0) {
    context.print_error({ErrorKind::settings,
                         std::string("standard output: ") + std::strerror(out_buffer.error())});
    status = static_cast<int>(Exit::usage);
  }
  return status;
}

}  // namespace otelctl
