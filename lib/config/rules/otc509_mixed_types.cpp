// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  std::map<std::string_view, AttributeType> types;
  for (const AttributeUse& use : subject.attributes) {
    if (!use.is_written || use.type == AttributeType::any) {
      continue;
    }
    const auto [first, is_new] = types.emplace(use.item.name, use.type);
    if (!is_new && first->second != use.type) {
      report.add(use.item.place,
                 fmt::format("attribute '{}' gets values of two types in this file",
                             escape_for_terminal(use.item.name)),
                 "write both in the same type; quotes make text");
    }
  }
}

}  // namespace

Rule otc509_mixed_types() {
  return {
      .code = "OTC509",
      .name = "mixed-attribute-types",
      .severity = Severity::warning,
      .summary = "An attribute gets values of two types",
      .rationale =
          "Backends keep one type for a name: the values of the other are refused, or are not "
          "found "
          "when they are searched for.",
      .bad = R"(processors:
  resource:
    attributes:
      - {key: shop.retries, value: 3, action: upsert}
  attributes:
    actions:
      - {key: shop.retries, value: "3", action: upsert}
)",
      .good = R"(processors:
  resource:
    attributes:
      - {key: shop.retries, value: 3, action: upsert}
  attributes:
    actions:
      - {key: shop.retries, value: 3, action: upsert}
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
