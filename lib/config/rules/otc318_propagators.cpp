// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

using Names = std::unordered_set<std::string_view>;

void check_item(const Names& names, const Item& item, Reporter& report) {
  if (item.text == "jaeger" || item.text == "ottrace") {
    report.add(item.place, fmt::format("propagator {} is deprecated", item.text),
               "use tracecontext");
  } else if (item.text == "none" && names.size() > 1) {
    report.add(item.place, "'none' stands beside other propagators", "keep 'none' or the others");
  } else if (item.text == "b3multi" && names.contains("b3")) {
    report.add(item.place, "b3 and b3multi are two forms of one format", "keep one of them");
  }
}

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const Section::Value& list = section.value(Key::propagators);
  if (list.state == Section::Value::State::readable && list.items.empty()) {
    report.add(section.place(Key::propagators),
               "the list of propagators is empty: traces end at the border of the service",
               "write [tracecontext, baggage], or [none] if that is meant");
    return;
  }
  const std::vector<Item> items = section.items(Key::propagators);
  Names names;
  for (const Item& item : items) {
    names.insert(item.text);
  }
  Names seen;
  for (const Item& item : items) {
    if (seen.insert(item.text).second) {
      check_item(names, item, report);
    } else {
      report.add(item.place, fmt::format("propagator {} is listed twice", item.text), "remove one");
    }
  }
}

}  // namespace

Rule otc318_propagators() {
  return {
      .code = "OTC318",
      .name = "propagators",
      .severity = Severity::warning,
      .summary = "The propagators do not fit together",
      .rationale =
          "None at all breaks traces at the service's border, as 'none' beside others does "
          "not; b3 and b3multi write the same twice; jaeger and ottrace are deprecated in "
          "the specification since 1.54.0.",
      .bad = R"(tracing:
  propagators: [tracecontext, tracecontext]
)",
      .good = R"(tracing:
  propagators: [tracecontext, baggage]
)",
      .check = check,
  };
}

}  // namespace otelctl::config
