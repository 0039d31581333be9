// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "base/result.hpp"

namespace otelctl {

class Context;
class Options;

// One contract for all commands; exit_meanings() says what each means.
enum class Exit {
  ok = 0,
  failed = 1,
  usage = 2,
  unreachable = 3,
  refused = 4,
  not_understood = 5,
  not_seen = 6,
  internal_bug = 70,
  hung_up = 129,
  interrupted = 130,
  terminated = 143,
};

Exit exit_of(ErrorKind kind);

// 128 and the signal's number, as a shell says it: SIGHUP, SIGTERM, else SIGINT.
Exit exit_of_signal(int signal);

// One command. The program makes it, lets it declare its options, parses and runs it.
class Command {
 public:
  virtual ~Command() = default;

  // Binds options to members. Touches nothing else: help, man pages and completions call it too.
  virtual void declare(Options& options) = 0;

  // Does the work. An Error ends up as "otelctl: message" with its hint and the kind's exit status;
  // a verdict that is bad is an Exit, not an Error.
  virtual Result<Exit> run(Context& context) = 0;
};

// What the list of commands holds of each.
struct CommandSpec {
  std::string_view name;         // "send-spans", "config validate"
  std::string_view topic;        // the heading in `otelctl --help`
  std::string_view summary;      // one line, at most 56 characters
  std::string_view description;  // paragraphs, divided by empty lines; "  " begins a listing
  std::string_view examples;     // pairs of lines: what it does, then the command line
  std::unique_ptr<Command> (*make)();
  bool is_hidden = false;  // for those who build otelctl, not for those who use it
  // Its first argument begins another program's command line, of which otelctl reads nothing, and
  // whose exit status becomes its own.
  bool runs_program = false;
  // Files that it knows by their names: pairs of lines, the name, then what it is for.
  std::string_view files = {};
};

template <typename T>
std::unique_ptr<Command> make_command() {
  return std::make_unique<T>();
}

}  // namespace otelctl
