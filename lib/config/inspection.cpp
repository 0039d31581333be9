// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/inspection.hpp"

#include "config/rules.hpp"

namespace otelctl::config {

void Inspection::judge(const Subject& subject) {
  for (const Rule& rule : all_rules()) {
    if (rule.kinds.contains(m_kind) && (subject.has_model || !rule.needs_model) &&
        m_options.selection.includes(rule)) {
      Reporter reporter(document(), rule, m_findings);
      rule.check(subject, reporter);
    }
  }
}

void Inspection::judge_part(const Subject& subject) {
  for (const Rule& rule : all_rules()) {
    if (rule.kinds.contains(m_kind) && rule.needs_model && m_options.selection.includes(rule)) {
      Reporter reporter(document(), rule, m_findings);
      rule.check(subject, reporter);
    }
  }
}

}  // namespace otelctl::config
