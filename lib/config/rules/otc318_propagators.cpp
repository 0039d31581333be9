// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

const Item* find(const std::vector<Item>& items, std::string_view name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.text == name; });
  return found == items.end() ? nullptr : &*found;
}

void check_item(const std::vector<Item>& items, const Item& item, Reporter& report) {
  if (find(items, item.text) != &item) {
    report.add(item.place, fmt::format("propagator {} is listed twice", item.text), "remove one");
  } else if (item.text == "jaeger" || item.text == "ottrace") {
    report.add(item.place, fmt::format("propagator {} is deprecated", item.text),
               "use tracecontext");
  } else if (item.text == "none" && items.size() > 1) {
    report.add(item.place, "'none' stands beside other propagators", "keep 'none' or the others");
  } else if (item.text == "b3multi" && find(items, "b3") != nullptr) {
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
  for (const Item& item : items) {
    check_item(items, item, report);
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
