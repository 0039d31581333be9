// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

std::string_view words_of(AttributeType type) {
  switch (type) {
    case AttributeType::text:
    case AttributeType::choice:
      return "text";
    case AttributeType::boolean:
      return "true or false";
    case AttributeType::integer:
      return "a whole number";
    case AttributeType::number:
      return "a number";
    case AttributeType::text_list:
      return "a list of text";
    case AttributeType::integer_list:
      return "a list of whole numbers";
    case AttributeType::any:
      break;
  }
  return "any value";
}

// Whether text can be read as the type: where all values are text it is the most to be asked.
bool reads_as(std::string_view text, AttributeType type) {
  switch (type) {
    case AttributeType::boolean:
      return yaml::read_boolean(text).has_value();
    case AttributeType::integer:
      return yaml::read_integer(text).has_value();
    case AttributeType::number:
      return yaml::read_number(text).has_value();
    default:
      return true;
  }
}

bool fits(const AttributeUse& use, AttributeType wanted) {
  if (use.surface != Surface::sdk && use.surface != Surface::collector) {
    return reads_as(use.item.text, wanted);
  }
  return use.type == AttributeType::any || wanted == AttributeType::any || use.type == wanted ||
         (wanted == AttributeType::choice && use.type == AttributeType::text) ||
         // A whole number is a number too.
         (wanted == AttributeType::number && use.type == AttributeType::integer);
}

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    const AttributeName known = look_up_attribute(use.item.name);
    if (!use.is_written || !use.item.is_readable || known.status != AttributeStatus::current ||
        fits(use, known.type)) {
      continue;
    }
    report.add(use.item.place,
               fmt::format("attribute {} is {}, not {}", escape_for_terminal(use.item.name),
                           words_of(known.type), shown(use.item.text, use.item.name)),
               fmt::format("give it {}", words_of(known.type)));
  }
}

}  // namespace

Rule otc504_attribute_type() {
  return {
      .code = "OTC504",
      .name = "attribute-value-type",
      .severity = Severity::warning,
      .summary = "An attribute has a value of the wrong type",
      .rationale =
          "The semantic conventions (1.44.0) fix the type of each attribute; backends that meet "
          "two types drop one of them or refuse the record.",
      .bad = R"(resource_attributes:
  process.pid: main
)",
      .good = R"(resource_attributes:
  process.pid: "4711"
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
