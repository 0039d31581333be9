// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/rule.hpp"
#include "config/sdk/components.hpp"
#include "config/sdk/file_format.hpp"
#include "config/sdk/model.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

std::string help_for(std::string_view name, const std::vector<std::string>& known) {
  const std::string near = did_you_mean(name, known);
  const std::string built_in =
      near.empty() ? fmt::format("built in are {}", join(known, ", ")) : near;
  return built_in + "; one of your own must be registered with the SDK";
}

void check(const Subject& subject, Reporter& report) {
  const sdk::Model& model = *subject.sdk;
  if (sdk::is_newer(model)) {
    return;
  }
  for (const sdk::Part point : model.extension_points()) {
    const schema::Rules& rules = model.rules(point);
    // Propagators have a rule of their own.
    if (rules.name == "TextMapPropagator") {
      continue;
    }
    const std::vector<sdk::Part> children = model.children(point);
    // Two at a time are reported as such: the second is mostly indented wrongly.
    if (children.size() > 1) {
      continue;
    }
    for (const sdk::Part part : children) {
      const std::string_view name = model.key(part);
      if (!rules.find(name) && !sdk::find_old_component(rules, name)) {
        report.add(model.key_place(part), fmt::format("{} is not built in", shown(name)),
                   help_for(name, rules.property_names()));
      }
    }
  }
}

}  // namespace

Rule otc602_unknown_component() {
  return {
      .code = "OTC602",
      .name = "unknown-component",
      .severity = Severity::warning,
      .summary = "A component is not one of the built-in ones",
      .rationale =
          "Where a component is chosen by its name, any name passes the schema: SDKs can be given "
          "components of their own. Without one of that name the SDK refuses the file.",
      .bad = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batchh:
        exporter:
          console:
)",
      .good = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        exporter:
          console:
)",
      .check = check,
      .kinds = {Kind::sdk},
  };
}

}  // namespace otelctl::config
