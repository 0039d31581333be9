// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/issue.hpp"

namespace otelctl::config::collector {

// A hostile file could fill the memory with issues that nobody reads.
inline constexpr std::size_t k_most_issues = 20000;

// What the readers of a Collector file find wrong; what is beyond k_most_issues is dropped.
class Issues {
 public:
  // The list must outlive this.
  explicit Issues(std::vector<Issue>& list) : m_list(list) {}

  bool is_full() const { return m_list.size() >= k_most_issues; }
  void add(IssueKind kind, std::optional<Place> place, std::string message, std::string help,
           std::vector<Edit> edits = {}) {
    if (!is_full()) {
      m_list.push_back(
          {kind, std::move(place), std::move(message), std::move(help), std::move(edits)});
    }
  }

 private:
  std::vector<Issue>& m_list;
};

}  // namespace otelctl::config::collector
