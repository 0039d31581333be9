// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/pair_list.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/environment/variable_views.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

struct Deprecated {
  std::string_view name;
  std::string_view variables;
  std::string_view help;
  std::string_view successor = {};
};

constexpr std::array<Deprecated, 4> k_deprecated{{
    {"jaeger", "OTEL_PROPAGATORS", "use tracecontext, which Jaeger reads too"},
    {"logging", "OTEL_TRACES_EXPORTER OTEL_METRICS_EXPORTER OTEL_LOGS_EXPORTER", "write console",
     "console"},
    {"ottrace", "OTEL_PROPAGATORS", "use tracecontext"},
    {"zipkin", "OTEL_TRACES_EXPORTER",
     "write otlp, and send to a Collector that has a Zipkin exporter"},
}};

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    if (!assignment.is_set()) {
      continue;
    }
    for (const ListEntry& entry : list_entries(assignment.value())) {
      const auto* const found =
          std::find_if(k_deprecated.begin(), k_deprecated.end(), [&](const Deprecated& each) {
            return equals_ignoring_case(each.name, entry.text) &&
                   is_allowed(each.variables, assignment.name());
          });
      if (found != k_deprecated.end()) {
        report.add(
            place_in_value(assignment, entry.begin, entry.begin + entry.text.size()),
            fmt::format("{}: {} is deprecated", assignment.name(), found->name),
            std::string(found->help),
            found->successor.empty()
                ? std::vector<Edit>()
                : replace_in_value(assignment, entry.begin, entry.text.size(), found->successor));
      }
    }
  }
}

}  // namespace

Rule otc421_deprecated_component() {
  return {
      .code = "OTC421",
      .name = "deprecated-component",
      .severity = Severity::warning,
      .summary = "An exporter or propagator is deprecated",
      .rationale =
          "logging is the old name of console; the specification deprecates the Zipkin exporter "
          "(1.52.0) and the propagators jaeger and ottrace (1.54.0).",
      .bad = R"(OTEL_TRACES_EXPORTER=otlp,logging
)",
      .good = R"(OTEL_TRACES_EXPORTER=otlp,console
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
