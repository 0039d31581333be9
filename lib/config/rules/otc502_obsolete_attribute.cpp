// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

struct Advice {
  std::string_view name;
  std::string_view help;
};

// Where the conventions put what the name said, although not one to one.
constexpr std::array<Advice, 3> k_advice{{
    {"gen_ai.completion",
     "remove it: gen_ai.output.messages holds the content now, for who opts in"},
    {"gen_ai.prompt", "remove it: gen_ai.input.messages holds the content now, for who opts in"},
    {"messaging.destination_kind", "remove it: messaging.destination.name says enough"},
}};

std::string help_for(std::string_view name, const std::string& others) {
  const auto* const found = std::find_if(k_advice.begin(), k_advice.end(),
                                         [&](const Advice& row) { return row.name == name; });
  if (found != k_advice.end()) {
    return std::string(found->help);
  }
  return others.empty() ? "remove it" : fmt::format("write {} instead", others);
}

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    const AttributeName known = look_up_attribute(use.item.name);
    const bool is_replaced = known.status == AttributeStatus::replaced;
    if (!use.is_written || (!is_replaced && known.status != AttributeStatus::removed)) {
      continue;
    }
    const std::vector<std::string> names(known.values.begin(), known.values.end());
    const std::string others = join(names, " or ");
    report.add(name_place(use),
               is_replaced
                   ? fmt::format("attribute {} is deprecated: its value belongs into {} now",
                                 escape_for_terminal(use.item.name), others)
                   : fmt::format("attribute {} is deprecated, and nothing is in its place",
                                 escape_for_terminal(use.item.name)),
               help_for(use.item.name, others));
  }
}

}  // namespace

Rule otc502_obsolete_attribute() {
  return {
      .code = "OTC502",
      .name = "obsolete-attribute",
      .severity = Severity::warning,
      .summary = "An attribute was split or dropped",
      .rationale =
          "The semantic conventions (1.44.0) gave up the name without another that means the same, "
          "so its value has to be looked at before it moves.",
      .bad = R"(resource_attributes:
  net.sock.family: inet
)",
      .good = R"(resource_attributes:
  network.transport: tcp
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
