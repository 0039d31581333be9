// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <string>

#include "base/signal.hpp"
#include "cmd/status_line.hpp"
#include "synth/sender.hpp"

namespace otelctl {

class Context;

// How a run of sending goes, as a status line. May be used from many threads.
class Progress {
 public:
  Progress(Signal signal, Context& context);

  void show(const synth::SendProgress& now);
  // A note above the line.
  void note(const std::string& text);

 private:
  const Signal m_signal;
  std::mutex m_mutex;  // guards all below, and stderr
  StatusLine m_line;
  synth::SendProgress m_before;
};

}  // namespace otelctl
