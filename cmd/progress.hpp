// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "base/signal.hpp"
#include "synth/sender.hpp"

namespace otelctl {

class Context;

// One line on stderr that is drawn anew in place, and gone in the end. May be used from many
// threads; while it is shown nothing else writes to stderr but through it.
class Progress {
 public:
  Progress(Signal signal, Context& context);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;

  // Whether stderr is a terminal and the user wants to see something there.
  static bool is_wanted(Context& context);

  void show(const synth::SendProgress& now);
  // A note above the line.
  void note(const std::string& text);

 private:
  void erase();

  const Signal m_signal;
  Context& m_context;
  std::mutex m_mutex;  // guards all below, and stderr
  synth::SendProgress m_before;
  std::size_t m_columns = 0;  // that the line takes now
};

}  // namespace otelctl
