// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/substitution.hpp"
#include "config/issue.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// A scalar with its references replaced.
struct ResolvedScalar {
  std::string text;
  // Its type is resolved from its text: neither quoted, nor a block, nor tagged as text.
  bool is_plain = false;
  // Every reference found a value; else the text cannot be judged.
  bool is_complete = true;
  bool is_from_variable = false;
  // Collector: all of it was one reference, whose value has its own type.
  bool is_whole_reference = false;
  // " after substitution of ${A}" where that changed it, for messages.
  std::string after = {};
  // The variables that it names.
  std::vector<std::string> names = {};
  // Where it is one reference and nothing else: the default, when it has one.
  std::optional<std::string> whole_default = std::nullopt;
};

// Replaces ${NAME:-default} in the values of a file by its dialect and notes what is wrong with
// references.
class References {
 public:
  // `report_unset`: whether a variable without value and default is an issue.
  References(const yaml::Document& document, const Environment& environment,
             SubstitutionDialect dialect, bool report_unset, std::vector<Issue>& issues)
      : m_document(document),
        m_environment(environment),
        m_dialect(dialect),
        m_report_unset(report_unset),
        m_issues(issues) {}

  ResolvedScalar resolve(yaml::NodeId scalar, const Place& place);
  // Keys are never substituted: whether this one has a reference, which is then an issue.
  bool is_in_key(yaml::NodeId key, const std::string& path);

 private:
  void report(const SubstitutionProblem& problem, yaml::NodeId scalar, const Place& place);
  void judge_default(std::string_view name, std::string_view default_text, const Place& place);

  const yaml::Document& m_document;
  const Environment& m_environment;
  SubstitutionDialect m_dialect;
  bool m_report_unset;
  std::vector<Issue>& m_issues;
};

}  // namespace otelctl::config
