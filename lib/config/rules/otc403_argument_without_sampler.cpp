// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  const Assignment* argument = set.find_set("OTEL_TRACES_SAMPLER_ARG");
  if (argument != nullptr && set.is_surely_unset("OTEL_TRACES_SAMPLER")) {
    report.add(argument->item.place,
               "OTEL_TRACES_SAMPLER_ARG has no effect: OTEL_TRACES_SAMPLER is not set",
               "set OTEL_TRACES_SAMPLER=parentbased_traceidratio too");
  }
}

}  // namespace

Rule otc403_argument_without_sampler() {
  return {
      .code = "OTC403",
      .name = "argument-without-sampler",
      .severity = Severity::warning,
      .summary = "The sampler has an argument, but no sampler is set",
      .rationale =
          "OTEL_TRACES_SAMPLER_ARG is read only when OTEL_TRACES_SAMPLER is set; without it "
          "everything is sampled.",
      .bad = R"(OTEL_TRACES_SAMPLER_ARG=0.1
)",
      .good = R"(OTEL_TRACES_SAMPLER=parentbased_traceidratio
OTEL_TRACES_SAMPLER_ARG=0.1
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
