// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/section.hpp"

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

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto ratio = section.number(Key::sampler_ratio);
  if (section.text(Key::sampler_type) == "traceidratio" && ratio && *ratio < 1.0 && *ratio > 0) {
    report.add(section.place(Key::sampler_type),
               "each service decides alone with traceidratio: traces will have holes",
               "use parentbased_traceidratio", edits_for(subject));
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
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
