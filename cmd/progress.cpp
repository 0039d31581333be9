// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/progress.hpp"

#include "cmd/context.hpp"
#include "report/progress.hpp"

namespace otelctl {

Progress::Progress(Signal signal, Context& context) : m_signal(signal), m_context(context) {}

Progress::~Progress() {
  erase();
}

bool Progress::is_wanted(Context& context) {
  return context.err_terminal().is_terminal && !context.global().is_quiet;
}

void Progress::show(const synth::SendProgress& now) {
  const std::lock_guard lock(m_mutex);
  // A character in the last column moves some terminals to the next line.
  const std::size_t width = m_context.err_terminal().width - 1;
  const std::string line = report::progress_line(now, m_before, m_signal, width);
  const std::size_t rest = m_columns > line.size() ? m_columns - line.size() : 0;
  m_context.err() << '\r' + line + std::string(rest, ' ') << std::flush;
  m_columns = line.size();
  m_before = now;
}

void Progress::note(const std::string& text) {
  const std::lock_guard lock(m_mutex);
  erase();
  m_context.note(text);
}

// With spaces, which every terminal knows.
void Progress::erase() {
  if (m_columns > 0) {
    m_context.err() << '\r' + std::string(m_columns, ' ') + '\r';
    m_columns = 0;
  }
}

}  // namespace otelctl
