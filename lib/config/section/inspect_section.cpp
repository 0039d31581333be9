// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/inspect_section.hpp"

#include <optional>
#include <string_view>
#include <utility>

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

}  // namespace

void inspect_section(Inspection& inspection) {
  Subject subject = inspection.subject();
  const ValidateOptions& options = inspection.options();
  std::optional<Section> section;
  if (subject.parsed.is_whole) {
    section = read_section(inspection.document(), options.section, options.environment,
                           options.reports_unset, subject.issues);
  }
  if (section) {
    subject.section = &*section;
    subject.has_model = true;
    subject.exporters.push_back(exporter_of(*section));
    subject.attributes = attributes_of(*section);
    subject.own_environment_name = environment_name_of(*section);
  }
  inspection.judge(subject);
}

}  // namespace otelctl::config
