// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/file_variables.hpp"

#include <algorithm>
#include <utility>

#include "settings/interpolation.hpp"

namespace otelctl::settings {
namespace {

constexpr std::size_t k_most_inserted_in_file = 16 * k_most_inserted;

}  // namespace

FileVariables::FileVariables(const Environment* process, Precedence precedence)
    : m_process(process), m_precedence(precedence), m_left_to_insert(k_most_inserted_in_file) {}

void FileVariables::expand(EnvFileEntry& entry, std::string_view text) {
  if (!expands()) {
    entry.value += text;
    return;
  }
  bool is_known = true;
  Interpolation expanded = interpolate(
      text,
      [&](std::string_view name) {
        const auto of_process = m_process->get(name);
        const auto of_file = m_earlier.get(name);
        if (of_process && (m_precedence == Precedence::process || !of_file)) {
          return of_process;
        }
        is_known = is_known && !m_unknown.contains(name);
        return of_file;
      },
      std::min(m_left_to_insert, k_most_inserted));
  m_left_to_insert -= expanded.inserted;
  entry.value += expanded.text;
  entry.is_known = entry.is_known && is_known && expanded.is_known;
  for (Interpolation::Unset& unset : expanded.unset) {
    entry.unset.push_back(std::move(unset.name));
  }
}

void FileVariables::add(const EnvFileEntry& entry) {
  if (!expands()) {
    return;
  }
  m_earlier.set(entry.name, entry.value);
  if (entry.is_known) {
    m_unknown.erase(entry.name);
  } else {
    m_unknown.insert(entry.name);
  }
}

}  // namespace otelctl::settings
