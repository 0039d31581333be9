// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

struct Advice {
  std::string_view name;
  std::string_view help;
};

// What applications write in the belief that it is standard, by name.
constexpr std::array<Advice, 10> k_never_standard{{
    {"db.duration_ms", "the duration of the span says it"},
    {"db.rows_affected", "write db.response.returned_rows for rows that were read"},
    {"db.table", "did you mean 'db.collection.name'?"},
    {"gen_ai.usage.total_tokens",
     "it was in no version: add gen_ai.usage.input_tokens and gen_ai.usage.output_tokens"},
    {"messaging.payload_size_bytes", "did you mean 'messaging.message.body.size'?"},
    {"model.name", "did you mean 'gen_ai.request.model'?"},
    {"model.provider", "did you mean 'gen_ai.provider.name'?"},
    {"model.tokens_input", "did you mean 'gen_ai.usage.input_tokens'?"},
    {"model.tokens_output", "did you mean 'gen_ai.usage.output_tokens'?"},
    {"tool.name", "did you mean 'gen_ai.tool.name'?"},
}};

// "did you mean ...?": compared without the namespace, which would make long names alike.
std::string near_name(const std::string& name, const std::vector<std::string>& beside) {
  const std::size_t prefix = name.find('.') + 1;
  std::vector<std::string> ends;
  std::transform(beside.begin(), beside.end(), std::back_inserter(ends),
                 [&](const std::string& other) { return other.substr(prefix); });
  std::vector<std::string> near = nearest(name.substr(prefix), ends);
  if (near.empty()) {
    return {};
  }
  for (std::string& end : near) {
    end = "'" + name.substr(0, prefix) + end + "'";
  }
  return fmt::format("did you mean {}?", join(near, " or "));
}

// The conventions use this namespace for little, applications for everything.
constexpr std::string_view k_free_namespace = "app.";

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    const std::string& name = use.item.name;
    if (!use.is_written || look_up_attribute(name).status != AttributeStatus::unknown) {
      continue;
    }
    const auto* const found = std::find_if(k_never_standard.begin(), k_never_standard.end(),
                                           [&](const Advice& row) { return row.name == name; });
    const std::vector<std::string> beside =
        name.starts_with(k_free_namespace) ? std::vector<std::string>() : attributes_beside(name);
    if (found == k_never_standard.end() && beside.empty()) {
      continue;
    }
    std::string help =
        found != k_never_standard.end() ? std::string(found->help) : near_name(name, beside);
    if (help.empty()) {
      help = "put the product's name in front of names of your own";
    }
    report.add(name_place(use),
               fmt::format("{} is not an attribute of the semantic conventions", shown(name)),
               std::move(help));
  }
}

}  // namespace

Rule otc503_unknown_attribute() {
  return {
      .code = "OTC503",
      .name = "unknown-attribute",
      .severity = Severity::info,
      .summary = "An attribute looks standard and is not",
      .rationale =
          "Names in the namespaces of the semantic conventions (1.44.0) are theirs: backends do "
          "not know this one, and a later version may give it another meaning.",
      .bad = R"(resource_attributes:
  service.instance_id: a-1
)",
      .good = R"(resource_attributes:
  service.instance.id: a-1
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
