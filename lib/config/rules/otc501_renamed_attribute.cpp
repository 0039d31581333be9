// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

// Values that the new name does not know as well would need another look.
bool keeps_its_value(const AttributeUse& use, std::string_view new_name) {
  if (!look_up_attribute(use.item.name).renames_values) {
    return true;
  }
  const auto known = look_up_attribute(new_name).values;
  return use.item.is_readable &&
         std::find(known.begin(), known.end(), use.item.text) != known.end();
}

void check(const Subject& subject, Reporter& report) {
  const auto written = written_attributes(subject);
  for (const AttributeUse& use : subject.attributes) {
    const auto new_name = renamed_attribute(use.item.name);
    if (!new_name || !use.is_written) {
      continue;
    }
    // Where both are written one has to go, and which is not ours to say.
    const bool is_there = written.contains(*new_name);
    const bool is_mendable = !is_there && keeps_its_value(use, *new_name);
    report.add(name_place(use),
               fmt::format("attribute {} is deprecated: it is {} now",
                           escape_for_terminal(use.item.name), escape_for_terminal(*new_name)),
               is_there
                   ? fmt::format("remove it: {} is there already", escape_for_terminal(*new_name))
                   : fmt::format("rename it to {}", escape_for_terminal(*new_name)),
               is_mendable ? renaming(subject, use, *new_name) : std::vector<Edit>());
  }
}

}  // namespace

Rule otc501_renamed_attribute() {
  return {
      .code = "OTC501",
      .name = "renamed-attribute",
      .severity = Severity::warning,
      .summary = "An attribute has a new name",
      .rationale =
          "The semantic conventions (1.44.0) renamed it; backends and dashboards look for the "
          "current name.",
      .bad = R"(resource_attributes:
  deployment.environment: production
)",
      .good = R"(resource_attributes:
  deployment.environment.name: production
)",
      .check = check,
      .kinds = Kinds::all(),
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
