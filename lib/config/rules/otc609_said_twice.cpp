// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/rule.hpp"
#include "config/sdk/model.hpp"
#include "config/sdk/name_values.hpp"

namespace otelctl::config {
namespace {

struct Lists {
  std::string_view what;
  std::string_view list_key;
  std::string_view text_key;
  bool ignores_case;  // header names are one name in any case
};

void check_part(const sdk::Model& model, sdk::Part part, const Lists& lists, Reporter& report) {
  std::map<std::string, std::string> first;
  const auto name_of_item = [&](const Item& item) {
    return lists.ignores_case ? to_lower(item.name) : item.name;
  };
  const auto name_place = [](const Item& item) {
    Place place = item.place;
    place.begin = place.key_begin;
    place.end = place.key_end;
    return place;
  };
  if (const auto list = model.child(part, lists.list_key)) {
    for (const Item& item : sdk::read_pairs(model, *list)) {
      const auto [before, is_new] = first.emplace(name_of_item(item), item.text);
      if (!is_new) {
        report.add(name_place(item),
                   fmt::format("{} {} is given twice", lists.what, escape_for_terminal(item.name)),
                   "keep one of them");
      }
    }
  }
  if (const auto text = model.child(part, lists.text_key)) {
    for (const Item& item : sdk::read_pair_text(model, *text)) {
      const auto before = first.find(name_of_item(item));
      // The same said twice does no harm.
      if (before != first.end() && before->second != item.text) {
        report.add(name_place(item),
                   fmt::format("{} {} is overruled: {} wins over {}", lists.what,
                               escape_for_terminal(item.name), lists.list_key, lists.text_key),
                   "keep one of them");
      }
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  const sdk::Model& model = *subject.sdk;
  for (const char* definition : {"OtlpHttpExporter", "OtlpHttpMetricExporter", "OtlpGrpcExporter",
                                 "OtlpGrpcMetricExporter"}) {
    for (const sdk::Part part : model.all(definition)) {
      check_part(model, part, {"header", "headers", "headers_list", true}, report);
    }
  }
  for (const sdk::Part part : model.all("Resource")) {
    check_part(model, part, {"attribute", "attributes", "attributes_list", false}, report);
  }
}

}  // namespace

Rule otc609_said_twice() {
  return {
      .code = "OTC609",
      .name = "said-twice",
      .severity = Severity::warning,
      .summary = "A header or an attribute is given twice",
      .rationale =
          "Of two with one name one is lost: the lists win over headers_list and attributes_list, "
          "and inside of a list it is up to the SDK.",
      .bad = R"(file_format: "1.1"
resource:
  attributes:
    - name: service.name
      value: shop
    - name: service.name
      value: store
)",
      .good = R"(file_format: "1.1"
resource:
  attributes:
    - name: service.name
      value: shop
    - name: service.namespace
      value: store
)",
      .check = check,
      .kinds = {Kind::sdk},
  };
}

}  // namespace otelctl::config
