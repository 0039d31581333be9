// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/inspect_section.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "config/cuts.hpp"
#include "config/section/section.hpp"
#include "config/section/section_reader.hpp"

namespace otelctl::config {
namespace {

OtlpExporter exporter_of(const Section& section) {
  OtlpExporter exporter;
  exporter.surface = Surface::section;
  exporter.has_endpoint = section.is_set(Key::endpoint);
  exporter.endpoint = section.value(Key::endpoint).item;
  exporter.endpoint.name = "endpoint";
  exporter.endpoint.place = section.place(Key::endpoint);
  const auto endpoint = section.text(Key::endpoint);
  exporter.endpoint.is_readable = endpoint.has_value();
  exporter.endpoint.text = endpoint.value_or("");
  exporter.headers = section.value(Key::headers).items;
  if (section.is_set(Key::compression)) {
    exporter.compression = section.value(Key::compression).item;
    exporter.compression->is_readable = section.text(Key::compression).has_value();
  }
  return exporter;
}

std::vector<AttributeUse> attributes_of(const Section& section) {
  std::vector<AttributeUse> attributes;
  for (const Item& item : section.value(Key::resource_attributes).items) {
    attributes.push_back({item, Surface::section, true, true, AttributeType::text});
  }
  return attributes;
}

// The last of the resource attributes that name the deployment environment, newest name first.
std::optional<std::string> environment_name_of(const Section& section) {
  const std::vector<Item> attributes = section.items(Key::resource_attributes);
  for (const std::string_view name : {"deployment.environment.name", "deployment.environment"}) {
    for (const Item& attribute : attributes) {
      if (attribute.name == name) {
        return attribute.text;
      }
    }
  }
  return std::nullopt;
}

// Whether lines are missing that belong to the section, or that it may refer to: what is not there
// is not at its default then.
bool is_cut(const yaml::Parsed& parsed, const Section& section) {
  if (parsed.cuts.empty()) {
    return false;
  }
  const yaml::Document& document = parsed.document;
  for (yaml::NodeId id = 0; id < document.node_count(); ++id) {
    if (document.node(id).kind == yaml::NodeKind::alias) {
      return true;
    }
  }
  const Place& place = section.place(Key::section);
  const bool is_whole_file = place.key_begin == place.key_end;
  const yaml::Lines block = yaml::block_at(document.source(), place.begin);
  return is_whole_file || std::any_of(parsed.cuts.begin(), parsed.cuts.end(),
                                      [&](const yaml::Lines& cut) { return cut.overlaps(block); });
}

}  // namespace

void inspect_section(Inspection& inspection) {
  Subject subject = inspection.subject();
  const ValidateOptions& options = inspection.options();
  std::optional<Section> section;
  if (is_readable(subject.parsed)) {
    section = read_section(inspection.document(), options.section, options.environment,
                           options.reports_unset, subject.issues);
  }
  drop_second_hand(subject.parsed, subject.issues);
  if (section && !is_cut(subject.parsed, *section)) {
    subject.section = &*section;
    subject.has_model = true;
    subject.exporters.push_back(exporter_of(*section));
    subject.attributes = attributes_of(*section);
    subject.own_environment_name = environment_name_of(*section);
  }
  inspection.judge(subject);
}

}  // namespace otelctl::config
