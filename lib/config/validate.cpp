// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/validate.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "config/section_reader.hpp"

namespace otelctl::config {
namespace {

// A hostile file could fill the memory with findings that nobody reads.
constexpr std::size_t k_most_findings = 10000;

auto order_of(const Finding& finding) {
  return std::tie(finding.line, finding.column, finding.code, finding.message);
}

// An alias leads to the same value by several paths: one finding is enough.
void sort_and_dedupe(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& left, const Finding& right) {
    return order_of(left) < order_of(right);
  });
  const auto end = std::unique(
      findings.begin(), findings.end(),
      [](const Finding& left, const Finding& right) { return order_of(left) == order_of(right); });
  findings.erase(end, findings.end());
}

void limit_count(std::vector<Finding>& findings) {
  if (findings.size() <= k_most_findings) {
    return;
  }
  findings.resize(k_most_findings);
  Finding rest;
  rest.code = "OTC007";
  rest.severity = find_rule(rest.code)->severity;
  rest.message = fmt::format("more than {} findings; the rest is left out", k_most_findings);
  rest.help = "mend these first";
  findings.insert(findings.begin(), std::move(rest));
}

}  // namespace

FileReport validate_telemetry(std::string name, std::string bytes, const ValidateOptions& options) {
  FileReport report;
  report.name = std::move(name);
  report.kind = "telemetry";
  yaml::Parsed parsed = yaml::parse(std::move(bytes), options.limits);
  std::vector<Issue> issues;
  std::optional<Section> section;
  if (parsed.is_whole) {
    section = read_section(parsed.document, options.section, options.environment,
                           options.reports_unset, issues);
  }
  report.lacks_section = std::any_of(issues.begin(), issues.end(), [](const Issue& issue) {
    return issue.kind == IssueKind::missing_section;
  });
  const Subject subject{parsed, issues, section ? &*section : nullptr, options.environment_name};
  for (const Rule& rule : all_rules()) {
    if (options.selection.includes(rule) && (section || !rule.needs_section)) {
      Reporter reporter(parsed.document, rule, report.findings);
      rule.check(subject, reporter);
    }
  }
  sort_and_dedupe(report.findings);
  limit_count(report.findings);
  report.document = std::move(parsed.document);
  return report;
}

std::size_t count(const std::vector<FileReport>& files, Severity severity) {
  std::size_t total = 0;
  for (const FileReport& file : files) {
    total += static_cast<std::size_t>(
        std::count_if(file.findings.begin(), file.findings.end(),
                      [&](const Finding& finding) { return finding.severity == severity; }));
  }
  return total;
}

}  // namespace otelctl::config
