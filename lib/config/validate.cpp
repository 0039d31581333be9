// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/validate.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "config/collector/inspect_collector.hpp"
#include "config/edits.hpp"
#include "config/environment/env_reader.hpp"
#include "config/environment/inspect_variables.hpp"
#include "config/ignores.hpp"
#include "config/input.hpp"
#include "config/inspection.hpp"
#include "config/rules.hpp"
#include "config/sdk/inspect_sdk.hpp"
#include "config/section/inspect_section.hpp"
#include "config/section/section_locator.hpp"

namespace otelctl::config {
namespace {

// Of these all are shown.
constexpr std::size_t k_most_findings = 10000;

// The first of them in the order of the file. `found` is how many there were before any was hidden
// or found to be a repetition: where that is all that is kept, others were dropped.
void limit_count(std::vector<Finding>& findings, std::size_t found) {
  if (findings.size() <= k_most_findings && found < k_most_kept_findings) {
    return;
  }
  findings.resize(std::min(findings.size(), k_most_findings));
  Finding rest;
  rest.code = "OTC007";
  rest.severity = find_rule(rest.code)->severity;
  rest.message = fmt::format("more than {} findings; the rest is left out", findings.size());
  rest.help = "mend these first";
  findings.insert(findings.begin(), std::move(rest));
}

// A fix that cannot be made is none: nobody shall be told of it.
void drop_impossible_edits(FileReport& report) {
  for (Finding& finding : report.findings) {
    EditSet edits(report.document.source().size());
    if (finding.fixable() &&
        (!edits.add(finding.edits) || touch_a_reference(finding.edits, report.document))) {
      finding.edits.clear();
    }
  }
}

// What --strict makes an error: what is not set, and what nobody reads.
void raise_severities(std::vector<Finding>& findings) {
  static constexpr std::array<std::string_view, 3> k_codes{"OTC201", "OTC402", "OTC425"};
  for (Finding& finding : findings) {
    if (std::find(k_codes.begin(), k_codes.end(), finding.code) != k_codes.end()) {
      finding.severity = Severity::error;
    }
  }
}

// The one list of kinds and what reads them.
void inspect(Kind kind, Inspection& inspection) {
  switch (kind) {
    case Kind::telemetry:
      return inspect_section(inspection);
    case Kind::collector:
      return inspect_collector(inspection);
    case Kind::sdk:
      return inspect_sdk(inspection);
    case Kind::env:
      return inspect_env(inspection);
    case Kind::compose:
      return inspect_compose(inspection);
    case Kind::kubernetes:
      return inspect_kubernetes(inspection);
  }
}

}  // namespace

FileReport validate(std::string name, std::string bytes, const ValidateOptions& options) {
  FileReport report;
  report.name = std::move(name);
  auto [parsed, kind] = read_input(std::move(bytes), options);
  report.kind = kind;
  Inspection inspection(report.kind, parsed, options, report.findings);
  inspect(report.kind, inspection);
  const std::size_t found = report.findings.size();
  report.lacks_section = report.kind == Kind::telemetry && parsed.is_whole &&
                         !holds_section(parsed.document, options.section);
  apply_ignores(parsed.document, options, parsed.is_whole && !report.lacks_section,
                report.findings);
  if (options.is_strict) {
    raise_severities(report.findings);
  }
  sort_findings(report.findings);
  limit_count(report.findings, found);
  report.document = std::move(parsed.document);
  drop_impossible_edits(report);
  return report;
}

std::optional<FileReport> validate_environment(const ValidateOptions& options) {
  ProcessVariables variables = read_process_environment(options.environment);
  if (!variables.set.has_telemetry()) {
    return std::nullopt;
  }
  FileReport report;
  report.name = k_environment_name;
  report.kind = Kind::env;
  Inspection inspection(report.kind, variables.parsed, options, report.findings);
  std::vector<VariableSet> sets;
  sets.push_back(std::move(variables.set));
  judge_sets(inspection, sets, {});
  for (Finding& finding : report.findings) {
    const std::string name = finding.place.path;
    if (finding.message.find(name) == std::string::npos) {
      finding.message = fmt::format("{}: {}", name, finding.message);
    }
    finding.has_place = false;
    finding.line = finding.column = finding.end_line = finding.end_column = 0;
    finding.place = Place{};
    finding.place.path = name;
    finding.edits.clear();
  }
  if (options.is_strict) {
    raise_severities(report.findings);
  }
  const std::size_t found = report.findings.size();
  sort_findings(report.findings);
  limit_count(report.findings, found);
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
