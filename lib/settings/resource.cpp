// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/resource.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "settings/candidates.hpp"
#include "settings/key_values.hpp"

namespace otelctl::settings {
namespace {

constexpr std::string_view k_service_name = "service.name";

// Attributes with where each comes from; a later one of the same key takes the place of the former.
class Attributes {
 public:
  void add(ResourceAttribute attribute, std::string origin, Source source) {
    Item item{std::move(attribute), std::move(origin), source, {}};
    const auto old = find(item.attribute.key);
    if (old != m_items.end()) {
      item.shadowed = std::move(old->shadowed);
      item.shadowed.insert(item.shadowed.begin(), std::move(old->origin));
      m_items.erase(old);
    }
    m_items.push_back(std::move(item));
  }

  // Takes one out.
  std::optional<Candidate> take(std::string_view key) {
    const auto found = find(key);
    if (found == m_items.end()) {
      return std::nullopt;
    }
    Candidate taken{std::move(found->attribute.value), std::move(found->origin), found->source};
    m_items.erase(found);
    return taken;
  }

  void move_into(OtlpSettings& settings) {
    for (Item& item : m_items) {
      const std::string& key = item.attribute.key;
      settings.settings.push_back({"resource " + escape_for_terminal(key),
                                   escape_for_terminal(redacted(key, item.attribute.value)),
                                   std::move(item.origin), item.source, std::move(item.shadowed)});
      settings.resource_attributes.push_back(std::move(item.attribute));
    }
  }

 private:
  struct Item {
    ResourceAttribute attribute;
    std::string origin;
    Source source;
    std::vector<std::string> shadowed;
  };

  std::vector<Item>::iterator find(std::string_view key) {
    return std::find_if(m_items.begin(), m_items.end(),
                        [&](const Item& item) { return item.attribute.key == key; });
  }

  std::vector<Item> m_items;
};

Result<void> add_variable_attributes(const FilledEnvironment& environment, Attributes& attributes) {
  Candidates variable;
  add_variable(variable, environment, "OTEL_RESOURCE_ATTRIBUTES");
  if (variable.empty()) {
    return {};
  }
  auto pairs = parse_key_values(variable.front().value);
  if (!pairs) {
    return fail(std::move(pairs).error().within(variable.front().origin));
  }
  for (KeyValue& pair : *pairs) {
    attributes.add({std::move(pair.key), std::move(pair.value)}, variable.front().origin,
                   Source::general_variable);
  }
  return {};
}

void add_section_attributes(const OtlpSection& section, Attributes& attributes) {
  if (const auto& version = section.service_version) {
    attributes.add({"service.version", version->text}, version->origin, Source::file);
  }
  for (const SectionPair& pair : section.resource_attributes) {
    attributes.add({pair.key, pair.value.text}, pair.value.origin, Source::file);
  }
}

Result<void> add_flag_attributes(const OtlpFlags& flags, Attributes& attributes) {
  for (const std::string& text : flags.resource) {
    auto pair = parse_flag_pair("--resource", text);
    if (!pair) {
      return fail(std::move(pair).error());
    }
    attributes.add({std::move(pair->key), std::move(pair->value), true}, "--resource",
                   Source::flag);
  }
  return {};
}

// service.name may come as an attribute too, from wherever attributes come. At each level the own
// option beats it, except in the section, whose attributes are laid over its service_name.
void set_service(const OtlpFlags& flags, const FilledEnvironment& environment,
                 const OtlpSection& section, const std::optional<Candidate>& attribute,
                 OtlpSettings& settings) {
  Candidates found;
  const auto add_attribute = [&](Source source) {
    if (attribute && attribute->source == source) {
      found.push_back(*attribute);
    }
  };
  add_flag(found, "--service", flags.service);
  add_attribute(Source::flag);
  add_attribute(Source::file);
  add_section(found, section.service_name);
  add_variable(found, environment, "OTEL_SERVICE_NAME");
  add_attribute(Source::general_variable);
  if (found.empty()) {
    return;
  }
  settings.service_name = found.front().value;
  settings.settings.push_back(
      make_setting("service", found, escape_for_terminal(settings.service_name)));
  note_overruled(found, settings.notes);
}

}  // namespace

Result<void> resolve_resource(const OtlpFlags& flags, const FilledEnvironment& environment,
                              const OtlpSection& section, OtlpSettings& settings) {
  Attributes attributes;
  if (auto added = add_variable_attributes(environment, attributes); !added) {
    return added;
  }
  add_section_attributes(section, attributes);
  if (auto added = add_flag_attributes(flags, attributes); !added) {
    return added;
  }
  set_service(flags, environment, section, attributes.take(k_service_name), settings);
  attributes.move_into(settings);
  return {};
}

}  // namespace otelctl::settings
