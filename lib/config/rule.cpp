// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

#include <utility>

#include "base/text.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

// Names of the file are in both, and a file may have a name of a megabyte.
constexpr std::size_t k_longest_text = 2000;

}  // namespace

bool Subject::is_production() const {
  const std::optional<std::string>& name =
      options.environment_name ? options.environment_name : own_environment_name;
  return name && (equals_ignoring_case(*name, "production") || equals_ignoring_case(*name, "prod"));
}

void Reporter::add(const Place& place, std::string message, std::string help,
                   std::vector<Edit> edits, std::vector<Related> related) {
  if (m_findings.size() >= k_most_kept_findings) {
    return;
  }
  add(std::move(message), std::move(help));
  Finding& finding = m_findings.back();
  const yaml::Position begin = m_document.position(place.begin);
  const yaml::Position end = m_document.position(place.end);
  finding.has_place = true;
  finding.line = begin.line;
  finding.column = begin.column;
  finding.end_line = end.line;
  finding.end_column = end.column;
  finding.place = place;
  finding.edits = std::move(edits);
  finding.related = std::move(related);
}

void Reporter::add(std::string message, std::string help) {
  if (m_findings.size() >= k_most_kept_findings) {
    return;
  }
  Finding finding;
  finding.code = m_rule.code;
  finding.severity = m_rule.severity;
  finding.message = cut_short(std::move(message), k_longest_text);
  finding.help = cut_short(std::move(help), k_longest_text);
  m_findings.push_back(std::move(finding));
}

}  // namespace otelctl::config
