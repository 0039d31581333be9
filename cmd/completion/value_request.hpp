// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "cmd/completion/line.hpp"

namespace otelctl {

class Context;

// What may be typed, and what it is. Both may come from outside: complete() drops values that
// nobody can type, and makes descriptions safe to show.
struct Suggestion {
  std::string value;
  std::string description = {};
};

// Patterns of file names as shells have them, "*" only: "*.yaml". None: any file.
using FilePatterns = std::vector<std::string>;

// What a ValueSource is asked, and where it puts its answer. It need not look at what is typed:
// what does not begin so is left out.
class ValueRequest {
 public:
  ValueRequest(const CommandLine& line, Context& context, nanoseconds bound)
      : m_line(line), m_context(context), m_bound(bound) {}

  // Of the value, or of the last item of a list, what stands before the cursor.
  const std::string& typed() const { return m_line.typed; }
  const std::vector<std::string>& arguments() const { return m_line.arguments; }
  // What an option ("--service") was given so far, in order; empty values left out.
  std::vector<std::string> values_of(std::string_view option) const;
  // All options with a value, as "--name=value".
  std::vector<std::string> given_values() const;
  Context& context() { return m_context; }
  // How long a backend may take.
  nanoseconds bound() const { return m_bound; }

  void add(std::string value, std::string description = {}) {
    m_suggestions.push_back({std::move(value), std::move(description)});
  }
  // Beside what is added, or only where nothing of that fits what is typed.
  void add_files(FilePatterns patterns = {}) { m_files = std::move(patterns); }
  void add_files_otherwise(FilePatterns patterns = {}) {
    m_files = std::move(patterns);
    m_are_files_second = true;
  }

  const std::vector<Suggestion>& suggestions() const { return m_suggestions; }
  const std::optional<FilePatterns>& files() const { return m_files; }
  bool are_files_second() const { return m_are_files_second; }

 private:
  const CommandLine& m_line;
  Context& m_context;
  nanoseconds m_bound;
  std::vector<Suggestion> m_suggestions;
  std::optional<FilePatterns> m_files;
  bool m_are_files_second = false;
};

}  // namespace otelctl
