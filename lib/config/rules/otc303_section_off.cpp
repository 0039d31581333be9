// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

constexpr std::array<Key, 4> k_exporters{Key::otlp_enabled, Key::jaeger_enabled,
                                         Key::prometheus_enabled, Key::console_enabled};
constexpr std::array<Key, 3> k_signals{Key::tracing_enabled, Key::metrics_enabled,
                                       Key::logging_enabled};

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto is_switched_on = [&](Key key) {
    return section.is_set(key) && section.flag(key) == true;
  };
  const bool has_enabled_part =
      std::any_of(k_exporters.begin(), k_exporters.end(), is_switched_on) ||
      std::any_of(k_signals.begin(), k_signals.end(), is_switched_on);
  if (section.flag(Key::enabled) != false || !has_enabled_part) {
    return;
  }
  report.add(section.place(Key::enabled),
             section.is_set(Key::enabled)
                 ? "the section is off: the settings below have no effect"
                 : "the section is off, as 'enabled' is missing and false by default: its settings "
                   "have no effect",
             "write enabled: true, or disable the parts too");
}

}  // namespace

Rule otc303_section_off() {
  return {
      .code = "OTC303",
      .name = "section-off",
      .severity = Severity::warning,
      .summary = "The section is off and parts of it are on",
      .rationale =
          "With enabled: false, which is the default too, none of the other settings has an "
          "effect.",
      .bad = R"(enabled: false
exporters:
  otlp:
    enabled: true
)",
      .good = R"(enabled: true
exporters:
  otlp:
    enabled: true
)",
      .check = check,
  };
}

}  // namespace otelctl::config
