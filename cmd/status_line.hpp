// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace otelctl {

class Context;

// One line on stderr that is drawn anew in place, and gone in the end. While it is shown nothing
// else writes to stderr but through it.
class StatusLine {
 public:
  explicit StatusLine(Context& context) : m_context(context) {}
  ~StatusLine() { erase(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  // Whether stderr is a terminal and the user wants to see something there.
  static bool is_wanted(Context& context);
  // So many columns a line may take.
  std::size_t width() const;

  // What the line says now; printable ASCII, or escaped and cut to the width.
  void show(const std::string& line);
  // A note above the line.
  void note(const std::string& text);

 private:
  void erase();

  Context& m_context;
  std::size_t m_columns = 0;  // that the line takes now
};

}  // namespace otelctl
