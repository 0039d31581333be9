// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto type = section.text(Key::sampler_type);
  if (section.flag(Key::enabled) != true || section.flag(Key::tracing_enabled) != true || !type) {
    return;
  }
  const bool is_off = *type == "always_off";
  const bool has_no_share = *type != "always_on" && section.number(Key::sampler_ratio) == 0.0;
  if (is_off || has_no_share) {
    report.add(section.place(is_off ? Key::sampler_type : Key::sampler_ratio),
               "tracing is on but samples nothing", "write tracing.enabled: false, or a ratio");
  }
}

}  // namespace

Rule otc316_samples_nothing() {
  return {
      .code = "OTC316",
      .name = "samples-nothing",
      .severity = Severity::warning,
      .summary = "Tracing is on and samples nothing",
      .rationale =
          "No span is ever exported; to switch tracing off, tracing.enabled: false says so "
          "and costs nothing.",
      .bad = R"(enabled: true
tracing:
  sampler:
    ratio: 0
)",
      .good = R"(enabled: true
tracing:
  sampler:
    ratio: 0.1
)",
      .check = check,
  };
}

}  // namespace otelctl::config
