// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/reading/judge.hpp"

#include <algorithm>
#include <utility>

#include "config/rules.hpp"

namespace otelctl::config::reading {
namespace {

// Rules that judge any file: is it YAML, and are its keys and values what they should be.
bool is_for_any_file(const Rule& rule) {
  return !rule.needs_model && !rule.is_opt_in && rule.code < "OTC300";
}

// A list that stands as key, which is wrong in any YAML, is noted by its parser too.
void drop_repeated(const std::vector<yaml::Problem>& problems, std::vector<Issue>& issues) {
  std::erase_if(issues, [&](const Issue& issue) {
    return issue.kind == IssueKind::wrong_kind && issue.place &&
           std::any_of(problems.begin(), problems.end(), [&](const yaml::Problem& problem) {
             return problem.kind == yaml::ProblemKind::syntax &&
                    problem.begin == issue.place->key_begin;
           });
  });
}

}  // namespace

std::vector<Finding> judge(const yaml::Parsed& parsed, std::vector<Issue> issues) {
  drop_repeated(parsed.problems, issues);
  const ValidateOptions options;
  // Any kind that is YAML: the rules that are called ask for none.
  const Subject subject{Kind::sdk, parsed, options, std::move(issues)};
  std::vector<Finding> findings;
  for (const Rule& rule : all_rules()) {
    if (is_for_any_file(rule)) {
      Reporter reporter(parsed.document, rule, findings);
      rule.check(subject, reporter);
    }
  }
  sort_findings(findings);
  return findings;
}

bool has_error(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::error; });
}

}  // namespace otelctl::config::reading
