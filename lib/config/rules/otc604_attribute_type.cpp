// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/schema/words.hpp"
#include "config/sdk/model.hpp"

namespace otelctl::config {
namespace {

struct TypeRow {
  std::string_view name;
  schema::Types types;
  bool is_list;
  std::string_view words;
};

constexpr schema::Types k_numbers = bit(schema::Type::integer) | bit(schema::Type::number);

constexpr std::array<TypeRow, 8> k_types{{
    {"string", bit(schema::Type::text), false, "text"},
    {"bool", bit(schema::Type::boolean), false, "true or false"},
    {"int", bit(schema::Type::integer), false, "a whole number"},
    {"double", k_numbers, false, "a number"},
    {"string_array", bit(schema::Type::text), true, "a list of text"},
    {"bool_array", bit(schema::Type::boolean), true, "a list of true and false"},
    {"int_array", bit(schema::Type::integer), true, "a list of whole numbers"},
    {"double_array", k_numbers, true, "a list of numbers"},
}};

// The name of the type that a value has by itself.
std::string_view own_type(schema::Type type) {
  return type == schema::Type::boolean   ? "bool"
         : type == schema::Type::integer ? "int"
         : type == schema::Type::number  ? "double"
                                         : "string";
}

bool fits(const schema::Value& value, const TypeRow& row) {
  return !value.is_known || value.type == schema::Type::null || (row.types & bit(value.type)) != 0;
}

bool list_fits(const sdk::Model& model, sdk::Part list, const TypeRow& row) {
  const auto& children = model.document().children(model.node_id(list));
  return std::all_of(children.begin(), children.end(), [&](yaml::NodeId child) {
    return fits(model.value_of(model.document().resolve(child)), row);
  });
}

// What surely mends it: text is text in quotes.
std::vector<Edit> quoted(const sdk::Model& model, sdk::Part part) {
  const yaml::Node& node = model.node(part);
  if (!node.is_plain() || node.begin == node.end) {
    return {};
  }
  return {{node.begin, node.begin, "\""}, {node.end, node.end, "\""}};
}

void check_attribute(const sdk::Model& model, sdk::Part attribute, Reporter& report) {
  const auto part = model.child(attribute, "value");
  const auto type = model.child(attribute, "type");
  const bool has_type = type && model.value(*type).type != schema::Type::null;
  const std::string name = has_type ? model.text(attribute, "type").value_or("") : "string";
  const auto* const row = std::find_if(k_types.begin(), k_types.end(),
                                       [&](const TypeRow& each) { return each.name == name; });
  if (!part || row == k_types.end() || model.node(*part).kind == yaml::NodeKind::map) {
    return;
  }
  const std::string said = has_type ? fmt::format("the type is {}", name)
                                    : std::string("without a type an attribute is a string");
  if (model.node(*part).kind == yaml::NodeKind::sequence) {
    if (!row->is_list) {
      report.add(model.place(*part), fmt::format("{}, found a list", said),
                 "add type: string_array, or the type of its items");
    } else if (!list_fits(model, *part, *row)) {
      report.add(model.place(*part),
                 fmt::format("{}, which wants {}, found other items", said, row->words),
                 "give all items that type, or change the type");
    }
    return;
  }
  const schema::Value value = model.value(*part);
  if (row->is_list) {
    if (value.is_known) {
      report.add(model.place(*part),
                 fmt::format("{}, which wants {}, found a single value", said, row->words),
                 "put it in brackets, or change the type");
    }
    return;
  }
  if (!fits(value, *row)) {
    const bool wants_text = row->types == bit(schema::Type::text);
    report.add(model.place(*part),
               fmt::format("{}, found {}{}", said, schema::found_words(value.type), value.after),
               wants_text ? fmt::format("put it in quotes, or write type: {}", own_type(value.type))
                          : fmt::format("write {} without quotes, or type: {}", row->words,
                                        own_type(value.type)),
               wants_text ? quoted(model, *part) : std::vector<Edit>{});
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const sdk::Part attribute : subject.sdk->all("AttributeNameValue")) {
    check_attribute(*subject.sdk, attribute, report);
  }
}

}  // namespace

Rule otc604_attribute_type() {
  return {
      .code = "OTC604",
      .name = "attribute-type",
      .severity = Severity::error,
      .summary = "The value of an attribute is not of the type it names",
      .rationale =
          "An attribute without a type is a string; the schema compares value and type nowhere, "
          "and SDKs refuse the file or convert as they like.",
      .bad = R"(file_format: "1.1"
resource:
  attributes:
    - name: shop.replicas
      value: 5
      type: string
)",
      .good = R"(file_format: "1.1"
resource:
  attributes:
    - name: shop.replicas
      value: 5
      type: int
)",
      .check = check,
      .kinds = {Kind::sdk},
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
