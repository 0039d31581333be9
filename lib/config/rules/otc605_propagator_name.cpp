// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/rule.hpp"
#include "config/sdk/model.hpp"
#include "config/sdk/name_values.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

const std::vector<std::string>& known_names() {
  // The schema's four; xray is maintained outside of it; none stands for no propagator.
  static const std::vector<std::string> names{"tracecontext", "baggage", "b3",
                                              "b3multi",      "xray",    "none"};
  return names;
}

void check_name(std::string_view name, const Place& place, Reporter& report) {
  const auto& known = known_names();
  if (std::find(known.begin(), known.end(), name) != known.end()) {
    return;
  }
  if (name == "jaeger" || name == "ottrace") {
    report.add(place, fmt::format("the propagator {} was taken out of the schema", name),
               "use tracecontext, and b3 where old services need it");
    return;
  }
  const std::string near = did_you_mean(name, known);
  report.add(place, fmt::format("unknown propagator {}", shown(name)),
             near.empty() ? fmt::format("known are {}", join(known, ", ")) : near);
}

void check(const Subject& subject, Reporter& report) {
  const sdk::Model& model = *subject.sdk;
  for (const sdk::Part point : model.all("TextMapPropagator")) {
    for (const sdk::Part part : model.children(point)) {
      check_name(model.key(part), model.key_place(part), report);
    }
  }
  for (const sdk::Part propagator : model.all("Propagator")) {
    if (const auto list = model.child(propagator, "composite_list")) {
      for (const Item& item : sdk::read_names(model, *list)) {
        check_name(item.text, item.place, report);
      }
    }
  }
}

}  // namespace

Rule otc605_propagator_name() {
  return {
      .code = "OTC605",
      .name = "propagator-name",
      .severity = Severity::warning,
      .summary = "A propagator is not known",
      .rationale =
          "Names of propagators pass the schema whatever they are. jaeger and ottrace left it with "
          "1.0.0 and are deprecated since version 1.54.0 of the specification; an SDK without the "
          "name refuses the file, and traces break at every service that speaks another.",
      .bad = R"(file_format: "1.1"
propagator:
  composite:
    - tracecontext:
    - jaeger:
)",
      .good = R"(file_format: "1.1"
propagator:
  composite:
    - tracecontext:
    - baggage:
)",
      .check = check,
      .kinds = {Kind::sdk},
  };
}

}  // namespace otelctl::config
