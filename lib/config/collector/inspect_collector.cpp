// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/inspect_collector.hpp"

#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/collector/collector_reader.hpp"
#include "config/cuts.hpp"
#include "config/places.hpp"
#include "config/references.hpp"

namespace otelctl::config {
namespace {

using collector::Collector;
using collector::Component;
using collector::Section;
using collector::Setting;
using collector::ValueType;

Item item_of(const Setting& setting, std::string name) {
  Item item;
  item.name = std::move(name);
  item.text = setting.value.text;
  item.place = setting.place;
  item.is_readable = setting.is_valid && setting.value.type != ValueType::unknown;
  item.is_from_variable = setting.value.is_from_variable;
  return item;
}

OtlpExporter exporter_of(const Component& component, Wire wire) {
  OtlpExporter exporter;
  exporter.surface = Surface::collector;
  exporter.wire = wire;
  exporter.endpoint.name = "endpoint";
  exporter.endpoint.place = component.place;
  if (const Setting* const endpoint = component.settings.find("endpoint")) {
    exporter.endpoint = item_of(*endpoint, "endpoint");
    exporter.has_endpoint = component.settings.is_given("endpoint");
    exporter.endpoint.is_readable = exporter.endpoint.is_readable && exporter.has_endpoint;
  }
  constexpr std::string_view k_headers = "headers/";
  for (const Setting& setting : component.settings.all()) {
    if (setting.path.starts_with(k_headers)) {
      exporter.headers.push_back(item_of(setting, setting.path.substr(k_headers.size())));
    }
  }
  if (const Setting* const compression = component.settings.find("compression")) {
    exporter.compression = item_of(*compression, "compression");
  }
  return exporter;
}

AttributeType attribute_type(ValueType type) {
  switch (type) {
    case ValueType::text:
    case ValueType::date:
      return AttributeType::text;
    case ValueType::boolean:
      return AttributeType::boolean;
    case ValueType::integer:
      return AttributeType::integer;
    case ValueType::number:
      return AttributeType::number;
    case ValueType::unknown:
    case ValueType::null:
    case ValueType::list:
    case ValueType::map:
      break;
  }
  return AttributeType::any;
}

// Actions that write or look for an attribute.
void add_actions(const Component& component, std::string_view list, bool is_resource,
                 std::vector<AttributeUse>& uses) {
  for (std::size_t index = 0;; ++index) {
    const std::string item = fmt::format("{}[{}]", list, index);
    if (component.settings.find(item) == nullptr) {
      return;
    }
    const Setting* const key = component.settings.find(item + ".key");
    if (key == nullptr || !key->is_valid || key->value.type != ValueType::text) {
      continue;
    }
    AttributeUse use;
    use.surface = Surface::collector;
    use.is_resource = is_resource;
    const Setting* const value = component.settings.find(item + ".value");
    const std::string action = to_lower(component.settings.text(item + ".action").value_or(""));
    use.is_written = action == "insert" || action == "update" || action == "upsert";
    use.type = value == nullptr ? AttributeType::any : attribute_type(value->value.type);
    const bool has_text = value != nullptr && value->value.type == ValueType::text;
    use.item = item_of(has_text ? *value : *key, key->value.text);
    use.item.text = has_text ? value->value.text : "";
    // The attribute's name stands at `key: NAME`: that is what rules about names point at.
    use.item.place.key_begin = key->place.begin;
    use.item.place.key_end = key->place.end;
    uses.push_back(std::move(use));
  }
}

// service.telemetry.resource holds the attributes of the Collector's own telemetry.
void add_own_resource(const Collector& model, const Inspection& inspection,
                      std::vector<AttributeUse>& uses) {
  const Setting* const resource = model.telemetry.find("resource");
  if (resource == nullptr || resource->value.type != ValueType::map) {
    return;
  }
  std::vector<Issue> unheard;
  References references(inspection.document(), inspection.options().environment,
                        SubstitutionDialect::collector, false, unheard);
  const yaml::Document& document = inspection.document();
  for (const yaml::Document::Entry& entry : document.entries(resource->node)) {
    const yaml::Node& key = document.node(entry.key);
    Setting setting;
    setting.value = collector::read_value(document, references, entry.value);
    if (key.kind != yaml::NodeKind::scalar || setting.value.type != ValueType::text ||
        key.text == "schema_url") {
      continue;
    }
    setting.place = place_of(document, entry.key, entry.value,
                             fmt::format("service.telemetry.resource.{}", key.text));
    AttributeUse use;
    use.item = item_of(setting, std::string(key.text));
    use.surface = Surface::collector;
    use.type = AttributeType::text;
    uses.push_back(std::move(use));
  }
}

void fill_views(const Collector& model, const Inspection& inspection, Subject& subject) {
  for (const Component* const component :
       model.of_types(Section::exporters, {"otlp_grpc", "otlp"})) {
    subject.exporters.push_back(exporter_of(*component, Wire::grpc));
  }
  for (const Component* const component :
       model.of_types(Section::exporters, {"otlp_http", "otlphttp"})) {
    subject.exporters.push_back(exporter_of(*component, Wire::http));
  }
  for (const Component* const component : model.of_types(Section::processors, {"resource"})) {
    add_actions(*component, "attributes", true, subject.attributes);
  }
  for (const Component* const component : model.of_types(Section::processors, {"attributes"})) {
    add_actions(*component, "actions", false, subject.attributes);
  }
  add_own_resource(model, inspection, subject.attributes);
}

}  // namespace

void inspect_collector(Inspection& inspection) {
  Subject subject = inspection.subject();
  std::optional<Collector> model;
  if (is_readable(subject.parsed)) {
    model = collector::read_collector(inspection.document(), inspection.options(), subject.issues);
  }
  drop_second_hand(subject.parsed, subject.issues);
  // A reference to what was cut would be one to nothing.
  if (model && subject.parsed.is_whole) {
    subject.collector = &*model;
    subject.has_model = true;
    fill_views(*model, inspection, subject);
  }
  inspection.judge(subject);
}

}  // namespace otelctl::config
