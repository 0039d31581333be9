// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "base/environment.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "cmd/build_origin.hpp"
#include "cmd/parser.hpp"
#include "cmd/process_start.hpp"
#include "terminal/style.hpp"
#include "terminal/terminal.hpp"

namespace otelctl {

struct OutputOptions;

// Signals turned into something that commands can wait for.
class StopSignals {
 public:
  virtual ~StopSignals() = default;
  // From this call on SIGINT, SIGTERM and SIGHUP no longer end the process: they stop the token. To
  // be called before any thread is started. A second signal, some time after the first, ends the
  // process at once. SIGHUP that was ignored at the start, as by nohup, stays so.
  virtual std::stop_token watch() = 0;
  // The same for commands that have nothing to bring to an end. One that is still inside of a
  // request a second after the signal, as the peer does not answer, ends there and then with 128 +
  // the signal's number.
  virtual std::stop_token watch_briefly() { return watch(); }
  // The signal that came, if one did.
  virtual std::optional<int> received() const = 0;
};

// What to do about an error: its own hint or, when it should not have happened, where to report it.
std::string hint_of(const Error& error);

// All that a command may touch outside itself. Tests hand in their own.
class Context {
 public:
  struct Parts {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    terminal::StreamFacts out_facts;
    terminal::StreamFacts err_facts;
    terminal::StreamFacts in_facts = {};
    const Environment& environment;
    const Clock& clock;
    Random& random;
    StopSignals& signals;
    ProcessStart start = {};
    BuildOrigin origin = {};
    std::function<void()> release_streams = [] {};
    std::function<bool()> is_out_closed = [] { return false; };
    std::function<void()> leave = [] {};
    // Shows a text page by page on standard output; false: it cannot, and nothing was shown.
    std::function<bool(std::string_view text)> page = [](std::string_view) { return false; };
  };

  explicit Context(Parts parts) : m_parts(std::move(parts)) {}

  std::istream& in() { return m_parts.in; }
  // The same for reading to its end what '-' stands for: at a terminal, where nothing seems to
  // happen, a note says that it is waited for.
  std::istream& piped_input();
  // For results only; see write_result.
  std::ostream& out() { return m_parts.out; }
  // Whether the reader of standard output went away, so that nothing more need be written there.
  bool is_out_closed() const { return m_parts.is_out_closed(); }
  std::ostream& err() { return m_parts.err; }
  const Environment& environment() const { return m_parts.environment; }
  const Clock& clock() const { return m_parts.clock; }
  Random& random() { return m_parts.random; }
  StopSignals& signals() { return m_parts.signals; }
  const ProcessStart& start() const { return m_parts.start; }
  // The sources that this program was made from.
  const BuildOrigin& origin() const { return m_parts.origin; }
  // Gives up standard input and output for good. When a program that was started with the same
  // closes them or ends, whoever reads or writes at the other end learns it at once.
  void release_streams() const { m_parts.release_streams(); }

  // Ends the process at once and well, with all that was written; threads are not waited for.
  void leave() const { m_parts.leave(); }

  const GlobalOptions& global() const { return m_global; }
  void set_global(const GlobalOptions& global) { m_global = global; }

  // What standard output, or the file of -o, can show.
  terminal::Terminal out_terminal(const OutputOptions& output) const;
  terminal::Terminal err_terminal() const;

  // "otelctl: note: TEXT" on stderr, unless --quiet. Escapes what it is given.
  void note(std::string_view text);
  // "otelctl: WHERE: what" and "hint: ..." on stderr.
  void print_error(const Error& error);

  // Writes a result whole: to standard output, or to the file of -o. Where the output options have
  // a pager, text that is taller than the terminal is shown in that. Error kind: settings, when it
  // cannot be written; a reader that went away (a closed pipe) is none.
  Result<void> write_result(const OutputOptions& output,
                            const std::function<void(std::ostream&)>& write);
  // The same for the form and the file of each --report too: `write` writes what its second
  // argument says.
  Result<void> write_reports(const OutputOptions& output,
                             const std::function<void(std::ostream&, const OutputOptions&)>& write);
  // Whether a result went to standard output: whatever fails after that, no other document follows.
  bool has_shown_result() const { return m_has_shown_result; }
  // Whether it can be written, as far as can be told beforehand.
  static Result<void> check_output(const OutputOptions& output);

 private:
  bool may_page(const OutputOptions& output) const;

  Parts m_parts;
  GlobalOptions m_global;
  bool m_has_shown_result = false;
};

}  // namespace otelctl
