// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/inspect_variables.hpp"

#include <utility>

#include "config/environment/compose_reader.hpp"
#include "config/environment/env_reader.hpp"
#include "config/environment/kubernetes_reader.hpp"
#include "config/environment/variable_views.hpp"

namespace otelctl::config {

void judge_sets(Inspection& inspection, const std::vector<VariableSet>& sets,
                std::vector<Issue> issues) {
  Subject file = inspection.subject();
  file.issues = std::move(issues);
  inspection.judge(file);
  for (const VariableSet& set : sets) {
    if (!set.has_telemetry()) {
      continue;
    }
    Subject part = inspection.subject();
    part.variables = &set;
    part.exporters = exporters_of(set);
    part.attributes = attributes_of(set);
    part.own_environment_name = environment_name_of(set);
    part.has_model = true;
    inspection.judge_part(part);
  }
}

void inspect_env(Inspection& inspection) {
  std::vector<Issue> issues;
  std::vector<VariableSet> sets;
  if (inspection.subject().parsed.is_whole) {
    sets.push_back(read_env_set(inspection.document(), inspection.options(), issues));
  }
  judge_sets(inspection, sets, std::move(issues));
}

void inspect_compose(Inspection& inspection) {
  std::vector<Issue> issues;
  std::vector<VariableSet> sets;
  if (inspection.subject().parsed.is_whole) {
    sets = read_compose_sets(inspection.document(), inspection.options(), issues);
  }
  judge_sets(inspection, sets, std::move(issues));
}

void inspect_kubernetes(Inspection& inspection) {
  std::vector<Issue> issues;
  std::vector<VariableSet> sets;
  if (inspection.subject().parsed.is_whole) {
    sets = read_kubernetes_sets(inspection.document(), issues);
  }
  judge_sets(inspection, sets, std::move(issues));
}

}  // namespace otelctl::config
