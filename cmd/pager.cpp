// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/pager.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "base/text.hpp"
#include "cmd/child_process.hpp"
#include "cmd/program_path.hpp"
#include "terminal/width.hpp"

namespace otelctl {
namespace {

// Colours as they are, and no page where one screen is enough.
constexpr std::string_view k_standard_pager = "less -FRX";

// run_child blocks these in this thread only; one that another thread takes shall not end the
// process either. A handler, not SIG_IGN: the pager would inherit that.
void take_interrupts() {
  for (const int signal : {SIGINT, SIGQUIT}) {
    const auto before = std::signal(signal, [](int) {});
    if (before == SIG_IGN) {
      std::signal(signal, SIG_IGN);
    }
  }
}

// Until all is written or the reader went away, as it does when it is closed early.
void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return;
    }
  }
}

// What less and lv need to show colours, whatever they are called with, unless the user says
// otherwise.
std::vector<std::string> environment_for_pager(const ProcessStart& start) {
  std::vector<std::string> entries = start.environment;
  for (const std::string_view entry : {"LESS=FRX", "LV=-c"}) {
    const std::string_view name = entry.substr(0, entry.find('=') + 1);
    const bool is_set = std::any_of(entries.begin(), entries.end(), [&](const std::string& other) {
      return other.starts_with(name);
    });
    if (!is_set) {
      entries.emplace_back(entry);
    }
  }
  return entries;
}

}  // namespace

std::string pager_command(const Environment& environment) {
  // On a terminal of which it knows nothing less asks for a key before it shows anything.
  if (environment.get_nonempty("TERM").value_or("dumb") == "dumb") {
    return {};
  }
  for (const std::string_view name : {"OTELCTL_PAGER", "PAGER"}) {
    if (const auto command = environment.get(name)) {
      return std::string(trim(*command));
    }
  }
  const bool has_less =
      find_program("less", environment.get("PATH").value_or(k_standard_path)).has_value();
  return has_less ? std::string(k_standard_pager) : std::string{};
}

bool is_taller(std::string_view text, const terminal::Terminal& terminal) {
  if (!terminal.height) {
    return false;
  }
  std::size_t lines = 0;
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t width = terminal::display_width(line);
    lines += std::max<std::size_t>(1, (width + terminal.width - 1) / terminal.width);
    // What follows the last line end is no line, but the prompt's place.
    if (lines > *terminal.height) {
      return true;
    }
  }
  return false;
}

bool show_in_pager(std::string_view text, const std::string& command, const ProcessStart& start) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    return false;
  }
  take_interrupts();
  const ChildProgram program{.path = "/bin/sh",
                             .arguments = {"sh", "-c", command},
                             .environment = environment_for_pager(start),
                             .input = pipe[0]};
  const ChildEnd end = run_child(program, start, [&] {
    ::close(pipe[0]);
    write_all(pipe[1], text);
    ::close(pipe[1]);
    pipe = {-1, -1};
  });
  for (const int descriptor : pipe) {
    if (descriptor != -1) {
      ::close(descriptor);
    }
  }
  constexpr int k_cannot_run = 126;
  constexpr int k_not_found = 127;
  return !end.not_started && end.exit_status != k_cannot_run && end.exit_status != k_not_found;
}

}  // namespace otelctl
