// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/status_line.hpp"

#include "base/text.hpp"
#include "cmd/context.hpp"
#include "terminal/width.hpp"

namespace otelctl {

bool StatusLine::is_wanted(Context& context) {
  return context.err_terminal().is_terminal && !context.global().is_quiet;
}

// A character in the last column moves some terminals to the next line.
std::size_t StatusLine::width() const {
  return m_context.err_terminal().width - 1;
}

void StatusLine::show(const std::string& line) {
  const std::string text =
      terminal::shorten(escape_for_terminal(line), width(), m_context.err_terminal().unicode);
  const std::size_t columns = terminal::display_width(text);
  const std::size_t rest = m_columns > columns ? m_columns - columns : 0;
  m_context.err() << '\r' + text + std::string(rest, ' ') << std::flush;
  m_columns = columns;
}

void StatusLine::note(const std::string& text) {
  erase();
  m_context.note(text);
}

// With spaces, which every terminal knows.
void StatusLine::erase() {
  if (m_columns > 0) {
    m_context.err() << '\r' + std::string(m_columns, ' ') + '\r';
    m_columns = 0;
  }
}

}  // namespace otelctl
