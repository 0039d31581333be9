// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

// What stands for "none of these": the list is open then, and anything is fine.
constexpr std::string_view k_other = "_OTHER";

// The well-known values of a name, or of the one that it was renamed to.
std::vector<std::string> known_values(const std::string& name) {
  AttributeName known = look_up_attribute(name);
  if (known.status == AttributeStatus::renamed) {
    known = look_up_attribute(renamed_attribute(name).value_or(""));
  }
  if (known.status != AttributeStatus::current || known.type != AttributeType::choice) {
    return {};
  }
  return {known.values.begin(), known.values.end()};
}

bool is_near(std::string_view known, std::string_view value) {
  return equals_ignoring_case(known, value) ||
         // "bedrock" for "aws.bedrock"
         (known.size() > value.size() && known[known.size() - value.size() - 1] == '.' &&
          equals_ignoring_case(known.substr(known.size() - value.size()), value));
}

// The value that was meant; empty when that is not plain.
std::string meant_value(const std::string& name, std::string_view value,
                        const std::vector<std::string>& known) {
  if (const auto renamed = renamed_attribute_value(name, value)) {
    return std::string(*renamed);
  }
  if (value.empty() || std::find(known.begin(), known.end(), value) != known.end()) {
    return {};
  }
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const std::string& other) { return is_near(other, value); });
  return found == known.end() ? std::string() : *found;
}

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    const std::string& value = use.item.text;
    // OTC336 speaks of the environment's name.
    if (!use.is_written || !use.item.is_readable ||
        use.item.name.starts_with("deployment.environment")) {
      continue;
    }
    const std::vector<std::string> known = known_values(use.item.name);
    const auto has = [&](std::string_view wanted) {
      return std::find(known.begin(), known.end(), wanted) != known.end();
    };
    const std::string meant = meant_value(use.item.name, value, known);
    if ((known.empty() || has(value) || has(k_other)) && meant.empty()) {
      continue;
    }
    std::string help = meant.empty() ? did_you_mean(value, known) : fmt::format("write {}", meant);
    if (help.empty()) {
      help = "well-known are, among others: " +
             join({known.begin(), known.begin() + std::min<std::ptrdiff_t>(6, std::ssize(known))},
                  ", ");
    }
    report.add(use.item.place,
               fmt::format("{} is not a well-known value of {}", shown(value, use.item.name),
                           escape_for_terminal(use.item.name)),
               std::move(help),
               meant.empty() ? std::vector<Edit>() : revaluing(subject, use, meant));
  }
}

}  // namespace

Rule otc506_attribute_value() {
  return {
      .code = "OTC506",
      .name = "attribute-value",
      .severity = Severity::info,
      .summary = "An attribute has an unusual value",
      .rationale =
          "The semantic conventions (1.44.0) list values for this attribute; backends recognise a "
          "provider, a database or a platform by them.",
      .bad = R"(resource_attributes:
  cloud.provider: AWS
)",
      .good = R"(resource_attributes:
  cloud.provider: aws
)",
      .check = check,
      .kinds = Kinds::all(),
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
