// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "config/collector/changes.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

using collector::Component;

// Renames the type where it is written as it is: `otlp` and `otlp/2`, quoted or not.
void add_edit(const yaml::Document& document, const Place& place,
              const collector::ComponentChange& renaming, std::vector<Edit>& edits) {
  const std::string_view source = document.source().substr(place.begin, place.end - place.begin);
  const std::size_t quote = source.starts_with('"') || source.starts_with('\'') ? 1 : 0;
  if (source.substr(quote).starts_with(renaming.old_type)) {
    const std::size_t begin = place.begin + quote;
    edits.push_back({begin, begin + renaming.old_type.size(), std::string(renaming.new_type)});
  }
}

// The key and every reference to it, or nothing where one of them cannot be changed.
std::vector<Edit> edits_for(const Subject& subject, const Component& component,
                            const collector::ComponentChange& renaming) {
  const collector::Collector& model = *subject.collector;
  const yaml::Document& document = subject.parsed.document;
  std::string new_id(renaming.new_type);
  new_id += component.id.substr(component.type.size());
  if (!model.has_complete_references() || model.list(component.section).find(new_id) != nullptr) {
    return {};
  }
  std::vector<Edit> edits;
  std::size_t wanted = 1;
  add_edit(document, component.place, renaming, edits);
  const auto add_list = [&](const collector::ReferenceList& list) {
    for (const collector::Reference& reference : list.items) {
      if (reference.id == component.id) {
        ++wanted;
        add_edit(document, reference.place, renaming, edits);
      }
    }
  };
  for (const collector::Pipeline& pipeline : model.pipelines) {
    for (const collector::Pipeline::Role& role : pipeline.roles()) {
      const bool is_connector = component.section == collector::Section::connectors &&
                                role.section != collector::Section::processors;
      if (role.section == component.section || is_connector) {
        add_list(*role.list);
      }
    }
  }
  if (component.section == collector::Section::extensions) {
    add_list(model.extensions);
  }
  std::sort(edits.begin(), edits.end(),
            [](const Edit& left, const Edit& right) { return left.begin < right.begin; });
  edits.erase(std::unique(edits.begin(), edits.end()), edits.end());
  return edits.size() == wanted ? edits : std::vector<Edit>();
}

// Every reference is looked at for each component that is renamed.
constexpr std::size_t k_most_edited = 100;

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  std::size_t edited = 0;
  for (const collector::Section section : collector::k_sections) {
    for (const Component& component : model.list(section).items) {
      if (const auto* const renaming =
              collector::renaming_of(section, component.type, model.version)) {
        report.add(component.place,
                   fmt::format("the {} '{}' is called '{}' now", singular_of(section),
                               renaming->old_type, renaming->new_type),
                   fmt::format("rename it, unless a Collector before {} reads the file",
                               renaming->since.text()),
                   edited++ < k_most_edited ? edits_for(subject, component, *renaming)
                                            : std::vector<Edit>());
      }
    }
  }
}

}  // namespace

Rule otc751_renamed_component() {
  return {
      .code = "OTC751",
      .name = "renamed-component",
      .severity = Severity::info,
      .summary = "A component has a newer name",
      .rationale =
          "The old name is an alias that will go; the Collector warns about it at every start. "
          "Collectors before the renaming know the old name only: --collector-version says which "
          "one shall read the file.",
      .bad = R"(exporters:
  otlphttp:
    endpoint: http://backend:4318
)",
      .good = R"(exporters:
  otlp_http:
    endpoint: http://backend:4318
)",
      .check = check,
      .kinds = {Kind::collector},
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
