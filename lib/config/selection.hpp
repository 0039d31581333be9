// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace otelctl::config {

struct Rule;

// Which rules report: what --select and --ignore say.
class Selection {
 public:
  // Each entry is a code or the beginning of codes ("OTC3"), several may be separated by commas,
  // case does not count. None selected means all. Error kind: usage, for what begins no code.
  static Result<Selection> parse(const std::vector<std::string>& select,
                                 const std::vector<std::string>& ignore);

  // A rule whose finding keeps others from being checked is hidden only by naming it in `ignore`;
  // one that is a matter of taste is included only by its whole code in `select`.
  bool includes(const Rule& rule) const;

 private:
  std::vector<std::string> m_selected;
  std::vector<std::string> m_ignored;
};

}  // namespace otelctl::config
