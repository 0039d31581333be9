// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  // Who writes no attributes at all leaves them to the environment.
  if (section.flag(Key::enabled) != true || !section.is_set(Key::resource_attributes) ||
      subject.options.environment_name) {
    return;
  }
  const auto& items = section.value(Key::resource_attributes).items;
  const bool is_there = std::any_of(items.begin(), items.end(), [](const Item& item) {
    return item.name == "deployment.environment.name" || item.name == "deployment.environment";
  });
  const auto variable = subject.options.environment.get("OTEL_RESOURCE_ATTRIBUTES");
  const bool is_in_variable =
      variable && variable->find("deployment.environment") != std::string_view::npos;
  if (!is_there && !is_in_variable && !items.empty()) {
    report.add(section.place(Key::resource_attributes),
               "the resource does not say its deployment environment",
               "set deployment.environment.name to production, staging, test or development");
  }
}

}  // namespace

Rule otc335_no_environment() {
  return {
      .code = "OTC335",
      .name = "no-environment",
      .severity = Severity::warning,
      .summary = "The resource has attributes, but not the deployment environment",
      .rationale =
          "Backends tell production from the rest by deployment.environment.name; without it "
          "staging's errors page people.",
      .bad = R"(resource_attributes:
  host.name: web-1
)",
      .good = R"(resource_attributes:
  host.name: web-1
  deployment.environment.name: staging
)",
      .check = check,
  };
}

}  // namespace otelctl::config
