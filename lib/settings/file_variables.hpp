// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "base/environment.hpp"
#include "settings/env_file.hpp"

namespace otelctl::settings {

// The variables that a reference in a .env file or a script can name: those of the process, and
// those of the lines above it.
class FileVariables {
 public:
  // Which of two variables of the same name a reference means.
  enum class Precedence { process, file };

  // Without an environment, which must outlive this, nothing is expanded.
  FileVariables(const Environment* process, Precedence precedence);

  bool expands() const { return m_process != nullptr; }
  // Adds the text with its references replaced to the entry's value, and what is wrong with them.
  void expand(EnvFileEntry& entry, std::string_view text);
  // To be called with each entry that is complete.
  void add(const EnvFileEntry& entry);

 private:
  const Environment* m_process;
  Precedence m_precedence;
  Environment m_earlier;
  // Of those, whose value could not be resolved.
  std::set<std::string, std::less<>> m_unknown;
  // Of all values together, against variables that hold each other many times.
  std::size_t m_left_to_insert;
};

}  // namespace otelctl::settings
