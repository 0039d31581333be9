// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

struct Short {
  std::string_view text;
  std::string_view whole;
};

constexpr std::array<Short, 6> k_shorts{{
    {"prod", "production"},
    {"prd", "production"},
    {"stage", "staging"},
    {"stg", "staging"},
    {"dev", "development"},
    {"testing", "test"},
}};

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    const Item& attribute = use.item;
    const bool is_environment = attribute.name == "deployment.environment.name" ||
                                attribute.name == "deployment.environment";
    const auto* const found = std::find_if(k_shorts.begin(), k_shorts.end(), [&](const Short& row) {
      return row.text == attribute.text;
    });
    if (is_environment && use.is_written && attribute.is_readable && found != k_shorts.end()) {
      report.add(
          attribute.place,
          fmt::format("'{}' is not one of production, staging, test, development", found->text),
          fmt::format("write {}", found->whole), revaluing(subject, use, found->whole));
    }
  }
}

}  // namespace

Rule otc336_environment_value() {
  return {
      .code = "OTC336",
      .name = "environment-value",
      .severity = Severity::info,
      .summary = "The deployment environment has an unusual name",
      .rationale =
          "The semantic conventions know production, staging, test and development; "
          "backends offer these as filters.",
      .bad = R"(tracing:
  sampler:
    ratio: 0.1
resource_attributes:
  deployment.environment.name: prod
)",
      .good = R"(tracing:
  sampler:
    ratio: 0.1
resource_attributes:
  deployment.environment.name: production
)",
      .check = check,
      .kinds = Kinds::all(),
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
