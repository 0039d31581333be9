// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  if (section.is_set(Key::inject_trace_context) &&
      section.flag(Key::inject_trace_context) == true &&
      section.flag(Key::logging_enabled) == true && section.flag(Key::tracing_enabled) == false) {
    report.add(section.place(Key::inject_trace_context),
               "there are no trace ids to inject: tracing is off",
               "enable tracing, or write inject_trace_context: false");
  }
}

}  // namespace

Rule otc313_nothing_to_inject() {
  return {
      .code = "OTC313",
      .name = "nothing-to-inject",
      .severity = Severity::warning,
      .summary = "Trace ids are to be put into logs while tracing is off",
      .rationale = "Without spans there are no ids: the log lines carry zeros.",
      .bad = R"(tracing:
  enabled: false
logging:
  inject_trace_context: true
)",
      .good = R"(tracing:
  enabled: false
logging:
  inject_trace_context: false
)",
      .check = check,
  };
}

}  // namespace otelctl::config
