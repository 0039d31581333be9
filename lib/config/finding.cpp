// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/finding.hpp"

#include <algorithm>
#include <tuple>

namespace otelctl::config {
namespace {

auto order_of(const Finding& finding) {
  return std::tie(finding.line, finding.column, finding.code, finding.message);
}

}  // namespace

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& left, const Finding& right) {
    return order_of(left) < order_of(right);
  });
  const auto end = std::unique(
      findings.begin(), findings.end(),
      [](const Finding& left, const Finding& right) { return order_of(left) == order_of(right); });
  findings.erase(end, findings.end());
}

}  // namespace otelctl::config
