// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/cuts.hpp"

namespace otelctl::config {
namespace {

bool may_come_from_a_cut(IssueKind kind) {
  return kind == IssueKind::missing_section || kind == IssueKind::missing_key ||
         kind == IssueKind::wrong_count || kind == IssueKind::wrong_kind;
}

}  // namespace

bool is_readable(const yaml::Parsed& parsed) {
  return parsed.is_whole || !parsed.cuts.empty();
}

void drop_second_hand(const yaml::Parsed& parsed, std::vector<Issue>& issues) {
  if (!parsed.cuts.empty()) {
    std::erase_if(issues, [](const Issue& issue) { return may_come_from_a_cut(issue.kind); });
  }
}

}  // namespace otelctl::config
