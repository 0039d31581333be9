// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto type = section.text(Key::sampler_type);
  const auto ratio = section.number(Key::sampler_ratio);
  if (type && ratio && (*type == "always_on" || *type == "always_off") && *ratio != 1.0) {
    report.add(section.place(Key::sampler_ratio), fmt::format("{} ignores the ratio", *type),
               "use parentbased_traceidratio, or remove the ratio");
  }
}

}  // namespace

Rule otc314_ratio_ignored() {
  return {
      .code = "OTC314",
      .name = "ratio-ignored",
      .severity = Severity::warning,
      .summary = "A ratio is given to a sampler that has none",
      .rationale =
          "always_on and always_off do not look at it: what reads like 10% samples "
          "everything, or nothing.",
      .bad = R"(tracing:
  sampler:
    type: always_on
    ratio: 0.1
)",
      .good = R"(tracing:
  sampler:
    type: parentbased_traceidratio
    ratio: 0.1
)",
      .check = check,
  };
}

}  // namespace otelctl::config
