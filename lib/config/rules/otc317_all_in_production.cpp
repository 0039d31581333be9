// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto type = section.text(Key::sampler_type);
  const bool is_traced =
      section.flag(Key::enabled) == true && section.flag(Key::tracing_enabled) == true;
  if (!is_traced || !type || !subject.is_production()) {
    return;
  }
  const bool is_always = *type == "always_on";
  const bool is_whole_share = *type != "always_off" && section.number(Key::sampler_ratio) == 1.0;
  if (is_always || is_whole_share) {
    report.add(section.place(is_always ? Key::sampler_type : Key::sampler_ratio),
               "100% of the traces are sampled in production",
               "use parentbased_traceidratio with a ratio such as 0.1");
  }
}

}  // namespace

Rule otc317_all_in_production() {
  return {
      .code = "OTC317",
      .name = "all-in-production",
      .severity = Severity::warning,
      .summary = "Everything is sampled in production",
      .rationale =
          "Every request costs spans, network and storage. Production systems keep a share "
          "(0.1 is usual) and rely on metrics for the whole.",
      .bad = R"(enabled: true
tracing:
  sampler:
    ratio: 1.0
resource_attributes:
  deployment.environment.name: production
)",
      .good = R"(enabled: true
tracing:
  sampler:
    ratio: 0.1
resource_attributes:
  deployment.environment.name: production
)",
      .check = check,
  };
}

}  // namespace otelctl::config
