// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/inspect_variables.hpp"

#include <utility>

#include "config/cuts.hpp"
#include "config/environment/compose_reader.hpp"
#include "config/environment/env_reader.hpp"
#include "config/environment/kubernetes_reader.hpp"
#include "config/environment/variable_views.hpp"

namespace otelctl::config {
namespace {

// Of a set that may have lost variables nobody can say what is missing: its values alone count.
void judge_readable(Inspection& inspection, std::vector<VariableSet> sets,
                    std::vector<Issue> issues) {
  const yaml::Parsed& parsed = inspection.subject().parsed;
  drop_second_hand(parsed, issues);
  if (!parsed.is_whole) {
    sets.clear();
  }
  judge_sets(inspection, sets, std::move(issues));
}

}  // namespace

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
  const yaml::Parsed& parsed = inspection.subject().parsed;
  std::vector<Issue> issues;
  std::vector<VariableSet> sets;
  if (is_readable(parsed)) {
    sets = read_compose_sets(inspection.document(), inspection.options(), issues);
  }
  judge_readable(inspection, std::move(sets), std::move(issues));
}

void inspect_kubernetes(Inspection& inspection) {
  const yaml::Parsed& parsed = inspection.subject().parsed;
  std::vector<Issue> issues;
  std::vector<VariableSet> sets;
  if (is_readable(parsed)) {
    sets = read_kubernetes_sets(inspection.document(), issues);
  }
  judge_readable(inspection, std::move(sets), std::move(issues));
}

}  // namespace otelctl::config
