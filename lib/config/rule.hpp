// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/finding.hpp"
#include "config/issue.hpp"
#include "config/kind.hpp"
#include "config/options.hpp"
#include "config/views.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config {

class Section;
namespace collector {
struct Collector;
}
namespace sdk {
class Model;
}
class VariableSet;

// What a rule looks at: one file as far as it could be read. Of the models only the kind's own is
// there. A file with several sets of variables (the services of a compose file) is looked at once
// for each.
struct Subject {
  Kind kind;
  const yaml::Parsed& parsed;
  const ValidateOptions& options;
  // What reading the model ran into; rules of codes OTC1xx and OTC2xx pick theirs.
  std::vector<Issue> issues = {};
  // nullptr when there is none, or nothing of it could be read.
  const Section* section = nullptr;
  const collector::Collector* collector = nullptr;
  const sdk::Model* sdk = nullptr;
  const VariableSet* variables = nullptr;
  // Of every kind.
  std::vector<OtlpExporter> exporters = {};
  std::vector<AttributeUse> attributes = {};
  // What the file itself says about its deployment environment; --env-name overrules it.
  std::optional<std::string> own_environment_name = std::nullopt;
  // A model of the kind was read; rules that need one are not called without.
  bool has_model = false;

  // Whether this is for production, as far as anybody said.
  bool is_production() const;
};

struct Rule;

// A hostile file could fill the memory with findings that nobody reads: of one file no more are
// kept, and fewer are shown.
inline constexpr std::size_t k_most_kept_findings = 100'000;

// Collects the findings of one rule; what is beyond k_most_kept_findings is dropped.
class Reporter {
 public:
  Reporter(const yaml::Document& document, const Rule& rule, std::vector<Finding>& findings)
      : m_document(document), m_rule(rule), m_findings(findings) {}

  // `message` is one clause without a full stop that never holds a secret; `help` says what to do;
  // `edits` mend it.
  void add(const Place& place, std::string message, std::string help, std::vector<Edit> edits = {},
           std::vector<Related> related = {});
  // For what concerns the file as a whole.
  void add(std::string message, std::string help);

 private:
  const yaml::Document& m_document;
  const Rule& m_rule;
  std::vector<Finding>& m_findings;
};

// One check. Each stands in a file of its own under rules/ and in one line of rules.def.
struct Rule {
  std::string_view code;  // "OTC301": stable, never reused
  std::string_view name;  // "jaeger-agent-exporter"
  Severity severity;
  std::string_view summary;    // one line for lists
  std::string_view rationale;  // why it matters, with its source
  std::string_view bad;        // an example that the rule reports
  std::string_view good;       // the same as it should be
  void (*check)(const Subject& subject, Reporter& report);
  // What it is called for.
  Kinds kinds = {Kind::telemetry};
  // Not called for a file of which no model could be read.
  bool needs_model = true;
  // What it reports keeps the rest from being checked, so no selection of rules may hide it.
  bool is_blocking = false;
  // --fix can mend what it finds, or some of it: its findings have edits.
  bool is_fixable = false;
  // Runs only when it is selected by its whole code: a matter of taste, or seldom of use.
  bool is_opt_in = false;
};

// Picks the issues of one kind: the whole check of rules that judge single values.
template <IssueKind Kind>
void report_issues(const Subject& subject, Reporter& report) {
  for (const Issue& issue : subject.issues) {
    if (issue.kind != Kind) {
      continue;
    }
    if (issue.place) {
      report.add(*issue.place, issue.message, issue.help, issue.edits);
    } else {
      report.add(issue.message, issue.help);
    }
  }
}

// The same for what is wrong with the file as YAML.
template <yaml::ProblemKind Kind>
void report_problems(const Subject& subject, Reporter& report) {
  for (const yaml::Problem& problem : subject.parsed.problems) {
    if (problem.kind == Kind) {
      std::vector<Related> related;
      if (problem.first_end > problem.first_begin) {
        related.push_back({Place{problem.first_begin, problem.first_end}, "first defined here"});
      }
      report.add(Place{problem.begin, problem.end}, problem.message, problem.help, {},
                 std::move(related));
    }
  }
}

}  // namespace otelctl::config
