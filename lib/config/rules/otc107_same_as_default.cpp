// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

bool is_default(const Section& section, const KeySpec& spec) {
  switch (spec.type) {
    case ValueType::boolean:
      return section.flag(spec.key) == yaml::read_boolean(spec.default_value);
    case ValueType::integer:
    case ValueType::number:
      return section.number(spec.key) == yaml::read_number(spec.default_value);
    case ValueType::text:
      return section.text(spec.key) == std::string(spec.default_value);
    case ValueType::map:
    case ValueType::text_list:
    case ValueType::text_map:
      break;
  }
  return false;
}

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  for (const KeySpec& spec : section_keys()) {
    const Section::Value& value = section.value(spec.key);
    const bool is_literal = value.state == Section::Value::State::readable &&
                            !value.item.is_from_variable && !spec.default_value.empty();
    if (is_literal && is_default(section, spec)) {
      report.add(value.item.place, fmt::format("{} is the default", spec.name),
                 "leave the key out, unless it shall stay so when the default changes");
    }
  }
}

}  // namespace

Rule otc107_same_as_default() {
  return {
      .code = "OTC107",
      .name = "same-as-default",
      .severity = Severity::info,
      .summary = "A value is the default (only when selected by name)",
      .rationale =
          "What is written although it is the default hides what is written because it differs.",
      .bad = R"(metrics:
  export_interval_ms: 60000
)",
      .good = R"(metrics:
  export_interval_ms: 30000
)",
      .check = check,
      .is_opt_in = true,
  };
}

}  // namespace otelctl::config
