// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/progress.hpp"

#include "report/progress.hpp"

namespace otelctl {

Progress::Progress(Signal signal, Context& context) : m_signal(signal), m_line(context) {}

void Progress::show(const synth::SendProgress& now) {
  const std::lock_guard lock(m_mutex);
  m_line.show(report::progress_line(now, m_before, m_signal, m_line.width()));
  m_before = now;
}

void Progress::note(const std::string& text) {
  const std::lock_guard lock(m_mutex);
  m_line.note(text);
}

}  // namespace otelctl
