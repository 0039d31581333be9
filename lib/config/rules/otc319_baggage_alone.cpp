// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const std::vector<Item> items = subject.section->items(Key::propagators);
  const bool has_all = items.size() == subject.section->value(Key::propagators).items.size();
  const bool is_only_baggage =
      !items.empty() && std::all_of(items.begin(), items.end(),
                                    [](const Item& item) { return item.text == "baggage"; });
  if (has_all && is_only_baggage) {
    report.add(subject.section->place(Key::propagators),
               "traces will not go on in other services: baggage carries no trace context",
               "add tracecontext");
  }
}

}  // namespace

Rule otc319_baggage_alone() {
  return {
      .code = "OTC319",
      .name = "baggage-alone",
      .severity = Severity::warning,
      .summary = "Baggage is propagated without a trace context",
      .rationale = "Baggage carries no trace id: the next service begins a new trace.",
      .bad = R"(tracing:
  propagators: [baggage]
)",
      .good = R"(tracing:
  propagators: [tracecontext, baggage]
)",
      .check = check,
  };
}

}  // namespace otelctl::config
