// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "config/section/section.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

std::vector<Edit> edits_for(const Subject& subject) {
  const std::string_view source = subject.parsed.document.source();
  const Place& place = subject.section->place(Key::sampler_type);
  const std::size_t at = source.substr(place.begin, place.end - place.begin).find("traceidratio");
  if (at == std::string_view::npos || subject.section->is_from_variable(Key::sampler_type)) {
    return {};
  }
  return {{place.begin + at, place.begin + at, "parentbased_"}};
}

bool keeps_a_part(std::optional<double> ratio) {
  return ratio && *ratio < 1.0 && *ratio > 0;
}

void report_at(const Place& place, std::vector<Edit> edits, Reporter& report) {
  report.add(place, "each service decides alone with traceidratio: traces will have holes",
             "use parentbased_traceidratio", std::move(edits));
}

void check_section(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  if (section.text(Key::sampler_type) == "traceidratio" &&
      keeps_a_part(section.number(Key::sampler_ratio))) {
    report_at(section.place(Key::sampler_type), edits_for(subject), report);
  }
}

void check_variables(const VariableSet& set, Reporter& report) {
  const Assignment* sampler = set.find_set("OTEL_TRACES_SAMPLER");
  const Assignment* argument = set.find_set("OTEL_TRACES_SAMPLER_ARG");
  if (sampler != nullptr && argument != nullptr &&
      equals_ignoring_case(without_quotes(sampler->value()), "traceidratio") &&
      keeps_a_part(yaml::read_number(without_quotes(argument->value())))) {
    report_at(sampler->item.place,
              sampler->is_wrapped() ? std::vector<Edit>()
                                    : replace_in_value(*sampler, 0, 0, "parentbased_"),
              report);
  }
}

void check(const Subject& subject, Reporter& report) {
  if (subject.section != nullptr) {
    check_section(subject, report);
  }
  if (subject.variables != nullptr) {
    check_variables(*subject.variables, report);
  }
}

}  // namespace

Rule otc315_root_only_sampling() {
  return {
      .code = "OTC315",
      .name = "root-only-sampling",
      .severity = Severity::warning,
      .summary = "The sampler decides anew in each service",
      .rationale =
          "traceidratio does not look at what the caller decided. Services that sample at "
          "different ratios keep pieces of traces: the spans between them are missing.",
      .bad = R"(tracing:
  sampler:
    type: traceidratio
    ratio: 0.1
)",
      .good = R"(tracing:
  sampler:
    type: parentbased_traceidratio
    ratio: 0.1
)",
      .check = check,
      .kinds = {Kind::telemetry, Kind::env, Kind::compose, Kind::kubernetes},
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
