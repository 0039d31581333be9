// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

struct Standard {
  std::string_view word;
  std::string_view name;
};

constexpr std::array<Standard, 13> k_standards{{
    {"cluster", "k8s.cluster.name"},
    {"container", "container.name"},
    {"env", "deployment.environment.name"},
    {"environment", "deployment.environment.name"},
    {"host", "host.name"},
    {"hostname", "host.name"},
    {"model", "gen_ai.request.model"},
    {"namespace", "service.namespace"},
    {"pod", "k8s.pod.name"},
    {"region", "cloud.region"},
    {"service", "service.name"},
    {"version", "service.version"},
    {"zone", "cloud.availability_zone"},
}};

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    const std::string& name = use.item.name;
    if (!use.is_written || name.empty() || name.find('.') != std::string::npos) {
      continue;
    }
    const auto* const found =
        std::find_if(k_standards.begin(), k_standards.end(),
                     [&](const Standard& row) { return equals_ignoring_case(row.word, name); });
    report.add(name_place(use), fmt::format("attribute {} has no namespace", shown(name)),
               found != k_standards.end()
                   ? fmt::format("did you mean '{}'?", found->name)
                   : std::string("put the product's name and a dot in front of it"));
  }
}

}  // namespace

Rule otc505_attribute_namespace() {
  return {
      .code = "OTC505",
      .name = "attribute-namespace",
      .severity = Severity::warning,
      .summary = "An attribute has no namespace",
      .rationale =
          "Names without a dot meet those of other teams and of later conventions (attribute "
          "naming, semantic conventions 1.44.0).",
      .bad = R"(resource_attributes:
  environment: production
)",
      .good = R"(resource_attributes:
  deployment.environment.name: production
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
