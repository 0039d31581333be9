// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/references.hpp"

#include <functional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

struct Wording {
  IssueKind kind;
  std::string message;
  std::string help;
};

// What stands between the braces is not repeated where it may hold a default: that can be a secret.
Wording wording_of(const SubstitutionProblem& problem) {
  using Kind = SubstitutionProblemKind;
  switch (problem.kind) {
    case Kind::unset:
      return {IssueKind::unset_variable,
              fmt::format("variable {} is not set and the reference has no default", problem.name),
              fmt::format("set it, or write ${{{}:-default}}", problem.name)};
    case Kind::naked:
      return {IssueKind::naked_variable, fmt::format("'${}' is not expanded", problem.name),
              fmt::format("write ${{{}}}, or $$ for a dollar sign", problem.name)};
    case Kind::malformed:
      return {IssueKind::malformed_reference,
              "the reference is not of the form ${NAME} or ${NAME:-default}",
              "a name has letters, digits and '_' and does not begin with a digit; other operators"
              " of the shell do not exist here"};
    case Kind::scheme:
      return {IssueKind::malformed_reference, "only environment variables can be referred to",
              "write ${NAME} or ${env:NAME}"};
    case Kind::nested:
      return {
          IssueKind::malformed_reference,
          fmt::format("the default of {} holds a reference, which is not expanded", problem.name),
          "write the default out, or set the variable"};
    case Kind::unclosed:
      break;
  }
  return {IssueKind::unclosed_reference,
          problem.name == "}" ? "'${}' names no variable" : "'${' is not closed",
          "write ${NAME}; quote the value if a '#' or ': ' in it cut it short"};
}

}  // namespace

ResolvedScalar References::resolve(yaml::NodeId scalar, const Place& place) {
  const yaml::Node& node = m_document.node(scalar);
  Substitution result = substitute(node.text, m_environment, m_dialect);
  ResolvedScalar resolved;
  resolved.is_plain = node.is_plain() && m_document.tag(node) != "tag:yaml.org,2002:str";
  resolved.is_complete = result.complete;
  resolved.is_from_variable = !result.names.empty();
  if (result.changed && !result.names.empty()) {
    resolved.after = fmt::format(" after substitution of ${{{}}}", join(result.names, "}, ${"));
  }
  for (const SubstitutionProblem& problem : result.problems) {
    if (m_report_unset || problem.kind != SubstitutionProblemKind::unset) {
      report(problem, scalar, place);
    }
  }
  resolved.text = std::move(result.text);
  return resolved;
}

bool References::is_in_key(yaml::NodeId key, const std::string& path) {
  const yaml::Node& node = m_document.node(key);
  if (node.kind != yaml::NodeKind::scalar || node.text.find("${") == std::string_view::npos) {
    return false;
  }
  m_issues.push_back({IssueKind::reference_in_key,
                      Place{node.begin, node.end, node.begin, node.end, path},
                      "references in keys are not expanded", "write the key out"});
  return true;
}

void References::report(const SubstitutionProblem& problem, yaml::NodeId scalar,
                        const Place& place) {
  const yaml::Node& node = m_document.node(scalar);
  const std::string_view source = m_document.source();
  Place where = place;
  // Exact only where the content stands in the file as it is, without escapes and folded lines.
  const std::less_equal<const char*> not_behind;
  const bool is_verbatim =
      not_behind(source.data(), node.text.data()) &&
      not_behind(node.text.data() + node.text.size(), source.data() + source.size());
  if (is_verbatim) {
    const auto content = static_cast<std::size_t>(node.text.data() - source.data());
    where.begin = content + problem.begin;
    where.end = content + problem.end;
  }
  std::vector<Edit> edits;
  // Braces around a name without value would only turn one finding into another.
  const bool has_value = !m_report_unset || m_environment.get_nonempty(problem.name);
  if (problem.kind == SubstitutionProblemKind::naked && is_verbatim && has_value) {
    edits = {{where.begin + 1, where.begin + 1, "{"}, {where.end, where.end, "}"}};
  }
  Wording wording = wording_of(problem);
  m_issues.push_back({wording.kind, std::move(where), std::move(wording.message),
                      std::move(wording.help), std::move(edits)});
}

}  // namespace otelctl::config
