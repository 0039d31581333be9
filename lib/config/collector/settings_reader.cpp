// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/settings_reader.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/collector/changes.hpp"
#include "config/places.hpp"
#include "config/words.hpp"

namespace otelctl::config::collector {

void SettingsReader::read(const Shape& shape, yaml::NodeId map, std::string owner, std::string path,
                          std::string_view section, std::string_view type, Settings& settings) {
  m_owner = std::move(owner);
  m_section = section;
  m_type = type;
  m_pending.push_back({&shape, map, {}, std::move(path), false});
  while (!m_pending.empty()) {
    const Pending next = std::move(m_pending.back());
    m_pending.pop_back();
    read_map(next, settings);
  }
}

void SettingsReader::read_map(const Pending& map, Settings& settings) {
  for (const yaml::Document::Entry& entry : m_document.entries(map.node)) {
    const yaml::Node& key = m_document.node(entry.key);
    if (m_issues.is_full() || key.kind != yaml::NodeKind::scalar) {
      continue;
    }
    static constexpr Field k_switch{"enabled", FieldType::boolean};
    const Field* field = map.shape->find(key.text);
    if (field == nullptr && map.is_switched && key.text == k_switch.name) {
      field = &k_switch;
    }
    if (field == nullptr) {
      report_unknown(map, entry, key.text);
    } else {
      read_field(*field, entry, map, joined_path(map.path, key.text), settings);
    }
  }
}

void SettingsReader::read_field(const Field& field, const yaml::Document::Entry& entry,
                                const Pending& map, const std::string& path, Settings& settings) {
  Setting setting;
  setting.path = joined_path(map.relative, field.name);
  setting.place = place_of(m_document, entry.key, entry.value, path);
  setting.node = m_document.resolve(entry.value);
  setting.value = read_value(m_document, m_references, entry.value);
  setting.is_valid = check({field, entry.value, setting.place, setting.value});
  const bool goes_on = setting.is_valid;
  const std::string relative = setting.path;
  const ValueType type = setting.value.type;
  if (is_map_type(field.type)) {
    // The value of a map is no place to point at.
    setting.place = place_of_key(m_document, entry.key, path);
  }
  settings.add(std::move(setting));
  if (!goes_on) {
    return;
  }
  const yaml::NodeId value = m_document.resolve(entry.value);
  if (is_map_type(field.type) && type == ValueType::map) {
    m_pending.push_back(
        {field.shape, value, relative, path, field.type == FieldType::switched_map});
  } else if (type == ValueType::list &&
             (field.type == FieldType::text_list || field.type == FieldType::map_list)) {
    read_items(field, value, relative, path, settings);
  } else if (field.type == FieldType::headers) {
    read_headers(field, value, relative, path, settings);
  }
}

void SettingsReader::read_items(const Field& field, yaml::NodeId list, const std::string& relative,
                                const std::string& path, Settings& settings) {
  std::size_t index = 0;
  for (const yaml::NodeId child : m_document.children(list)) {
    if (m_issues.is_full()) {
      return;
    }
    const std::string suffix = fmt::format("[{}]", index++);
    const Field item{field.name,
                     field.type == FieldType::text_list ? FieldType::text : FieldType::map,
                     field.choices, field.shape, field.is_exact};
    Setting setting;
    setting.path = relative + suffix;
    setting.place = place_of(m_document, yaml::k_no_node, m_document.resolve(child), path + suffix);
    setting.node = m_document.resolve(child);
    setting.value = read_value(m_document, m_references, child);
    setting.is_valid = check({item, child, setting.place, setting.value});
    if (setting.is_valid && item.type == FieldType::map && setting.value.type == ValueType::map) {
      m_pending.push_back(
          {field.shape, m_document.resolve(child), setting.path, path + suffix, false});
    }
    settings.add(std::move(setting));
  }
}

void SettingsReader::read_headers(const Field& field, yaml::NodeId node,
                                  const std::string& relative, const std::string& path,
                                  Settings& settings) {
  static constexpr Field k_value{"header", FieldType::text};
  const auto add_header = [&](std::string_view name, yaml::NodeId key, yaml::NodeId value) {
    Setting setting;
    setting.path = fmt::format("{}/{}", relative, name);
    setting.place = place_of(m_document, key, value, joined_path(path, name));
    setting.value = read_value(m_document, m_references, value);
    setting.is_valid = check({k_value, value, setting.place, setting.value});
    settings.add(std::move(setting));
  };
  if (m_document.node(node).kind == yaml::NodeKind::map) {
    for (const yaml::Document::Entry& entry : m_document.entries(node)) {
      if (m_document.node(entry.key).kind == yaml::NodeKind::scalar) {
        add_header(m_document.node(entry.key).text, entry.key, entry.value);
      }
    }
    return;
  }
  if (m_document.node(node).kind != yaml::NodeKind::sequence) {
    return;
  }
  for (const yaml::NodeId child : m_document.children(node)) {
    const yaml::NodeId item = m_document.resolve(child);
    if (m_document.node(item).kind != yaml::NodeKind::map) {
      m_issues.add(IssueKind::wrong_kind, place_of(m_document, yaml::k_no_node, item, path),
                   fmt::format("{}: expected a map with name and value, found {}", field.name,
                               kind_words(m_document.node(item))),
                   "write - name: NAME and value: VALUE, or a map NAME: VALUE");
      continue;
    }
    yaml::NodeId name = yaml::k_no_node;
    yaml::NodeId key = yaml::k_no_node;
    yaml::NodeId value = yaml::k_no_node;
    for (const yaml::Document::Entry& entry : m_document.entries(item)) {
      const std::string_view key_text = m_document.node(entry.key).text;
      if (key_text == "name") {
        name = m_document.resolve(entry.value);
      } else if (key_text == "value") {
        key = entry.key;
        value = entry.value;
      } else {
        m_issues.add(IssueKind::unknown_key, place_of_key(m_document, entry.key, path),
                     fmt::format("unknown key {} in an item of {}", shown(key_text), field.name),
                     "an item has name and value");
      }
    }
    if (name != yaml::k_no_node && value != yaml::k_no_node) {
      add_header(m_document.node(name).text, key, value);
    }
  }
}

bool SettingsReader::check(const SettingCase& judged) {
  const ValueType type = judged.value.type;
  // An empty value is the zero of its type, in the Collector.
  const bool is_switch = judged.field.name == "enabled" && m_section == "exporters";
  if (type == ValueType::unknown || (type == ValueType::null && !is_switch)) {
    return true;
  }
  return check_setting(m_document, judged, m_issues);
}

void SettingsReader::report_unknown(const Pending& map, const yaml::Document::Entry& entry,
                                    std::string_view name) {
  const Place place = place_of_key(m_document, entry.key, joined_path(map.path, name));
  const std::string relative = joined_path(map.relative, name);
  if (const auto* const removed = removed_setting(m_section, m_type, relative, m_version)) {
    m_issues.add(
        IssueKind::removed_setting, place,
        fmt::format("{} has no {} any more (since {})", m_owner, relative, removed->since.text()),
        std::string(removed->help));
    return;
  }
  const std::string where =
      map.relative.empty() ? m_owner : fmt::format("{} of {}", map.relative, m_owner);
  std::string help(hint_for_key(m_section, m_type, relative));
  std::vector<Edit> edits;
  if (help.empty()) {
    const std::vector<std::string> known = map.shape->names();
    help = did_you_mean(name, known);
    const auto near = nearest(name, known);
    if (near.size() == 1 && map.shape->find(near.front()) != nullptr) {
      edits = replacement(m_document, entry.key, near.front());
    }
    if (help.empty()) {
      help = known.empty() ? "it has no keys" : "the keys here are " + join(known, ", ");
    }
  }
  m_issues.add(IssueKind::unknown_key, place,
               fmt::format("unknown key {} in {}", shown(name), where), std::move(help),
               std::move(edits));
}

}  // namespace otelctl::config::collector
