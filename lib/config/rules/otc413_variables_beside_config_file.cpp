// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

constexpr std::size_t k_most_named = 5;

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  const Assignment* file = set.find_set("OTEL_CONFIG_FILE");
  file = file == nullptr ? set.find_set("OTEL_EXPERIMENTAL_CONFIG_FILE") : file;
  if (file == nullptr) {
    return;
  }
  std::vector<std::string> ignored;
  for (const Assignment& assignment : set.all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    if (variable != nullptr && variable->type != settings::VariableType::path &&
        set.counts(assignment) && !assignment.value().empty()) {
      ignored.push_back(assignment.name());
    }
  }
  if (ignored.empty()) {
    return;
  }
  const std::size_t rest = ignored.size() - std::min(ignored.size(), k_most_named);
  ignored.resize(ignored.size() - rest);
  report.add(file->item.place,
             fmt::format("{} makes SDKs ignore {}{}", file->name(), join(ignored, ", "),
                         rest == 0 ? "" : fmt::format(" and {} more", rest)),
             "put them into the file, as values or as ${NAME}");
}

}  // namespace

Rule otc413_variables_beside_config_file() {
  return {
      .code = "OTC413",
      .name = "variables-beside-config-file",
      .severity = Severity::warning,
      .summary = "A configuration file makes SDKs ignore all other variables",
      .rationale =
          "With OTEL_CONFIG_FILE the SDK reads nothing but the file and the variables that the "
          "file itself names by ${NAME}.",
      .bad = R"(OTEL_CONFIG_FILE=/etc/otel/sdk.yaml
OTEL_SERVICE_NAME=api
)",
      .good = R"(OTEL_CONFIG_FILE=/etc/otel/sdk.yaml
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
