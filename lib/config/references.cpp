// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/references.hpp"

#include <functional>

#include <fmt/format.h>

#include "base/placeholder.hpp"
#include "base/redact.hpp"
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
    case Kind::no_scheme:
    case Kind::endless:
      break;
  }
  return {IssueKind::unclosed_reference,
          problem.name == "}" ? "'${}' names no variable" : "'${' is not closed",
          "write ${NAME}; quote the value if a '#' or ': ' in it cut it short"};
}

// A reference with a default: "${NAME:-default}" or "${env:NAME:-default}".
struct Defaulted {
  std::string_view name;
  std::string_view text;
  bool is_whole = false;
};

std::vector<Defaulted> defaults_in(std::string_view text) {
  constexpr std::string_view k_scheme = "env:";
  std::vector<Defaulted> found;
  for (std::size_t begin = text.find("${");
       begin != std::string_view::npos && found.size() < k_most_substitution_problems;
       begin = text.find("${", begin + 2)) {
    std::string_view rest = text.substr(begin + 2);
    const bool has_scheme = rest.starts_with(k_scheme) && !rest.starts_with("env:-");
    rest.remove_prefix(has_scheme ? k_scheme.size() : 0);
    const std::string_view name = rest.substr(0, rest.find_first_of(":}$"));
    rest.remove_prefix(name.size());
    if (name.empty() || !rest.starts_with(":-")) {
      continue;
    }
    const std::size_t end = rest.find('}');
    if (end == std::string_view::npos) {
      break;
    }
    found.push_back({name, rest.substr(2, end - 2), begin == 0 && end + 1 == rest.size()});
  }
  return found;
}

// " after substitution of ${A}, ${B}", of many names the first.
std::string after_words(const std::vector<std::string>& names) {
  constexpr std::size_t k_longest = 300;
  std::string list;
  for (const std::string& name : names) {
    if (list.size() > k_longest) {
      break;
    }
    list += fmt::format("{}${{{}}}", list.empty() ? "" : ", ", cut_short(name, k_longest));
  }
  return " after substitution of " + cut_short(std::move(list), k_longest);
}

// A default of a secret that is one: not a word such as "none", nor what has to be replaced.
bool is_secret_default(std::string_view name, std::string_view text) {
  constexpr std::size_t k_least_length = 8;
  const bool has_digit = text.find_first_of("0123456789") != std::string_view::npos;
  return !is_placeholder(text) && (looks_secret(text) || (is_secret_name(name) && has_digit &&
                                                          text.size() >= k_least_length));
}

// The same for a Collector file, where a default needs the scheme `env:`.
Wording collector_wording_of(const SubstitutionProblem& problem) {
  using Kind = SubstitutionProblemKind;
  switch (problem.kind) {
    case Kind::unset:
      return {IssueKind::unset_variable,
              fmt::format("variable {} is not set and the reference has no default", problem.name),
              fmt::format("set it, or write ${{env:{}:-default}}", problem.name)};
    case Kind::naked:
      return {IssueKind::naked_variable, fmt::format("'${}' is not expanded", problem.name),
              fmt::format("write ${{env:{}}}, or $$ for a dollar sign", problem.name)};
    case Kind::scheme:
      return {IssueKind::malformed_reference,
              fmt::format("no provider of the Collector is called {}",
                          shown(problem.name.substr(0, problem.name.find(':')))),
              "the providers are env, file, http, https and yaml"};
    case Kind::no_scheme:
      return {IssueKind::malformed_reference,
              fmt::format("the reference to {} has a default but no scheme", problem.name),
              fmt::format("write ${{env:{}:-default}}", problem.name)};
    case Kind::endless:
      return {IssueKind::malformed_reference, "the references in it expand without end",
              "a variable must not refer to itself"};
    case Kind::unclosed:
      return {IssueKind::unclosed_reference, "'${' is not closed",
              "write ${env:NAME}; quote the value if a '#' or ': ' in it cut it short"};
    case Kind::malformed:
    case Kind::nested:
      break;
  }
  return {IssueKind::malformed_reference,
          "the reference is not of the form ${env:NAME} or ${env:NAME:-default}",
          "a name has letters, digits and '_' and does not begin with a digit; other operators of "
          "the shell do not exist here"};
}

}  // namespace

void References::judge_default(std::string_view name, std::string_view default_text,
                               const Place& place) {
  if (is_secret_default(name, default_text)) {
    m_issues.push_back({IssueKind::secret_default, place,
                        fmt::format("the default of {} looks like a secret", name),
                        fmt::format("write ${{{}}} and set the variable", name)});
  }
  if (m_environment.get(name) == "") {
    m_issues.push_back(
        {IssueKind::empty_variable, place,
         m_dialect == SubstitutionDialect::collector
             ? fmt::format(
                   "{} is set but empty: a Collector takes the empty value, not the default", name)
             : fmt::format(
                   "{} is set but empty: here its default counts, in a Collector's file the "
                   "empty value",
                   name),
         "set it to something, or do not set it"});
  }
}

ResolvedScalar References::resolve(yaml::NodeId scalar, const Place& place) {
  const yaml::Node& node = m_document.node(scalar);
  Substitution result = substitute(node.text, m_environment, m_dialect);
  ResolvedScalar resolved;
  resolved.is_plain = node.is_plain() && m_document.tag(node) != "tag:yaml.org,2002:str";
  resolved.is_complete = result.complete;
  resolved.is_from_variable = !result.names.empty();
  resolved.is_whole_reference = result.is_whole;
  if (result.changed && !result.names.empty()) {
    resolved.after = after_words(result.names);
  }
  for (const SubstitutionProblem& problem : result.problems) {
    if (m_report_unset || problem.kind != SubstitutionProblemKind::unset) {
      report(problem, scalar, place);
    }
  }
  for (const Defaulted& reference : defaults_in(node.text)) {
    judge_default(reference.name, reference.text, place);
    if (reference.is_whole) {
      resolved.whole_default = std::string(reference.text);
    }
  }
  resolved.text = std::move(result.text);
  resolved.names = std::move(result.names);
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
  const bool is_collector = m_dialect == SubstitutionDialect::collector;
  Wording wording = is_collector ? collector_wording_of(problem) : wording_of(problem);
  if (problem.kind == SubstitutionProblemKind::no_scheme && is_verbatim) {
    edits = {{where.begin + 2, where.begin + 2, "env:"}};
  }
  m_issues.push_back({wording.kind, std::move(where), std::move(wording.message),
                      std::move(wording.help), std::move(edits)});
}

}  // namespace otelctl::config
