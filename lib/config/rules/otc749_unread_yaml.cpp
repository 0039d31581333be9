// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const yaml::Problem& problem : subject.parsed.problems) {
    const Place place{problem.begin, problem.end};
    if (problem.kind == yaml::ProblemKind::more_documents) {
      report.add(place, "the Collector does not read this document", "merge it into the first one");
    } else if (problem.kind == yaml::ProblemKind::bad_tag) {
      report.add(place, "the Collector reads over this tag", "remove it");
    }
  }
}

}  // namespace

Rule otc749_unread_yaml() {
  return {
      .code = "OTC749",
      .name = "unread-yaml",
      .severity = Severity::warning,
      .summary = "The Collector reads over a part of the file",
      .rationale =
          "It reads the first document of a file and nothing behind it, and takes no notice of "
          "tags that it does not know (measured with otelcol 0.155.0).",
      .bad = R"(service: {}
---
exporters: {}
)",
      .good = R"(exporters: {}
service: {}
)",
      .check = check,
      .kinds = {Kind::collector},
      .needs_model = false,
  };
}

}  // namespace otelctl::config
