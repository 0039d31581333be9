// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/settings_reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/collector/changes.hpp"
#include "config/collector/go_duration.hpp"
#include "config/places.hpp"
#include "config/words.hpp"

namespace otelctl::config::collector {
namespace {

constexpr double k_most_count = 4294967295.0;

bool is_map_type(FieldType type) {
  return type == FieldType::map || type == FieldType::switched_map;
}

std::string_view wanted_words(FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return "true or false";
    case FieldType::integer:
    case FieldType::count:
      return "a whole number";
    case FieldType::number:
      return "a number";
    case FieldType::duration:
      return "a duration";
    case FieldType::component_id:
      return "the name of a component";
    case FieldType::text_list:
    case FieldType::map_list:
      return "a list";
    case FieldType::headers:
    case FieldType::map:
    case FieldType::switched_map:
      return "a map";
    case FieldType::any:
    case FieldType::text:
      break;
  }
  return "text";
}

std::string last_name(std::string_view path) {
  return std::string(path.substr(path.rfind('.') + 1));
}

}  // namespace

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
    if (m_issues.size() >= k_most_issues || key.kind != yaml::NodeKind::scalar) {
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
    if (m_issues.size() >= k_most_issues) {
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
      add(IssueKind::wrong_kind, place_of(m_document, yaml::k_no_node, item, path),
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
        add(IssueKind::unknown_key, place_of_key(m_document, entry.key, path),
            fmt::format("unknown key {} in an item of {}", shown(key_text), field.name),
            "an item has name and value");
      }
    }
    if (name != yaml::k_no_node && value != yaml::k_no_node) {
      add_header(m_document.node(name).text, key, value);
    }
  }
}

bool SettingsReader::check(const Case& judged) {
  const ValueType type = judged.value.type;
  if (type == ValueType::unknown) {
    return true;
  }
  // An empty value is the zero of its type, in the Collector.
  const bool is_switch = judged.field.name == "enabled" && m_section == "exporters";
  if (type == ValueType::null && !is_switch) {
    return true;
  }
  switch (judged.field.type) {
    case FieldType::any:
      return true;
    case FieldType::boolean:
      return type == ValueType::boolean ||
             wrong_type(judged, wanted_words(judged.field.type), "write true or false");
    case FieldType::integer:
    case FieldType::count:
    case FieldType::number:
      return check_number(judged);
    case FieldType::duration:
      return check_duration(judged);
    case FieldType::text:
    case FieldType::component_id:
      return check_text(judged);
    case FieldType::text_list:
    case FieldType::headers:
    case FieldType::map:
    case FieldType::switched_map:
    case FieldType::map_list:
      break;
  }
  return check_collection(judged);
}

bool SettingsReader::check_collection(const Case& judged) {
  const ValueType type = judged.value.type;
  const bool takes_map = is_map_type(judged.field.type) || judged.field.type == FieldType::headers;
  const bool takes_list = !is_map_type(judged.field.type);
  if ((type == ValueType::map && takes_map) || (type == ValueType::list && takes_list) ||
      (type == ValueType::text && judged.field.type == FieldType::text_list)) {
    return true;
  }
  add(IssueKind::wrong_kind, judged.place,
      fmt::format("{}: expected {}, found {}", judged.field.name, wanted_words(judged.field.type),
                  words_of(type)),
      type == ValueType::list ? "remove the dashes in front of its keys"
      : takes_map             ? "indent its keys under it"
                              : "write one item a line, each behind '- '");
  return false;
}

bool SettingsReader::check_number(const Case& judged) {
  const Value& value = judged.value;
  if (value.type != ValueType::integer && value.type != ValueType::number) {
    return wrong_type(judged, wanted_words(judged.field.type), "write the number without quotes");
  }
  if (judged.field.type == FieldType::number) {
    return true;
  }
  if (judged.field.type == FieldType::count && value.number < 0) {
    add(IssueKind::out_of_range, judged.place,
        fmt::format("{} must not be negative{}", judged.field.name, value.after), "give 0 or more");
    return false;
  }
  if (value.number != std::floor(value.number)) {
    add(IssueKind::cut_number, judged.place,
        fmt::format("{} is a whole number: the Collector cuts {} down to {}{}", judged.field.name,
                    shown_value(judged), number_words(std::trunc(value.number)), value.after),
        "write a whole number");
  } else if (judged.field.type == FieldType::count && value.number > k_most_count) {
    add(IssueKind::cut_number, judged.place,
        fmt::format("{} has 32 bits: of {} the Collector keeps {}{}", judged.field.name,
                    shown_value(judged), number_words(std::fmod(value.number, k_most_count + 1)),
                    value.after),
        "write at most 4294967295");
  }
  return true;
}

bool SettingsReader::check_text(const Case& judged) {
  const Value& value = judged.value;
  const bool is_collection = value.type == ValueType::list || value.type == ValueType::map;
  if (value.type != ValueType::text && (is_collection || !value.is_whole_reference)) {
    return wrong_type(judged, wanted_words(judged.field.type), "quote the value");
  }
  if (judged.field.choices.empty()) {
    return true;
  }
  const auto choices = split(judged.field.choices, ' ');
  const bool is_known = std::any_of(choices.begin(), choices.end(), [&](std::string_view choice) {
    return judged.field.is_exact ? choice == value.text : equals_ignoring_case(choice, value.text);
  });
  if (is_known || value.text.empty()) {
    return true;
  }
  const std::vector<std::string> known(choices.begin(), choices.end());
  const auto near = nearest(value.text, known);
  add(IssueKind::not_a_choice, judged.place,
      fmt::format("{} {} is not one of {}{}", judged.field.name, shown_value(judged),
                  choice_words(judged.field.choices), value.after),
      near.empty() ? fmt::format("write {}", choice_words(judged.field.choices))
                   : did_you_mean(value.text, known),
      near.size() == 1 ? replacement(judged.node, near.front()) : std::vector<Edit>());
  return false;
}

bool SettingsReader::check_duration(const Case& judged) {
  const Value& value = judged.value;
  if (value.type == ValueType::integer || value.type == ValueType::number) {
    if (value.number != 0) {
      add(IssueKind::bare_duration, judged.place,
          fmt::format("{} has no unit: the Collector takes {} nanoseconds{}", judged.field.name,
                      shown_value(judged), value.after),
          fmt::format("write {0}s or {0}ms", value.text));
    }
    return true;
  }
  if (value.type != ValueType::text) {
    return wrong_type(judged, "a duration", "write it like 200ms, 5s or 1m30s");
  }
  if (read_go_duration(value.text)) {
    return true;
  }
  std::string compact = value.text;
  compact.erase(std::remove(compact.begin(), compact.end(), ' '), compact.end());
  std::vector<Edit> edits;
  if (read_go_duration(compact)) {
    edits = replacement(judged.node, compact);
  }
  add(IssueKind::wrong_type, judged.place,
      fmt::format("{}: {} is no duration{}", judged.field.name, shown_value(judged), value.after),
      "write it like 200ms, 5s or 1m30s: the units are ns, us, ms, s, m and h, without spaces",
      std::move(edits));
  return false;
}

void SettingsReader::report_unknown(const Pending& map, const yaml::Document::Entry& entry,
                                    std::string_view name) {
  const Place place = place_of_key(m_document, entry.key, joined_path(map.path, name));
  const std::string relative = joined_path(map.relative, name);
  if (const auto* const removed = removed_setting(m_section, m_type, relative, m_version)) {
    add(IssueKind::removed_setting, place,
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
      edits = replacement(entry.key, near.front());
    }
    if (help.empty()) {
      help = known.empty() ? "it has no keys" : "the keys here are " + join(known, ", ");
    }
  }
  add(IssueKind::unknown_key, place, fmt::format("unknown key {} in {}", shown(name), where),
      std::move(help), std::move(edits));
}

bool SettingsReader::wrong_type(const Case& judged, std::string_view wanted, std::string help) {
  const Value& value = judged.value;
  const yaml::NodeId id = m_document.resolve(judged.node);
  const yaml::Node& node = m_document.node(id);
  const bool is_scalar = node.kind == yaml::NodeKind::scalar;
  std::vector<Edit> edits;
  if (is_scalar && judged.field.type == FieldType::boolean) {
    const std::string lower = to_lower(value.text);
    if (lower == "yes" || lower == "on" || lower == "true") {
      edits = replacement(id, "true");
    } else if (lower == "no" || lower == "off" || lower == "false") {
      edits = replacement(id, "false");
    }
    help = "write true or false: quoted text, yes and no are text to the Collector";
  } else if (is_scalar &&
             (judged.field.type == FieldType::integer || judged.field.type == FieldType::count ||
              judged.field.type == FieldType::number)) {
    const ValueType inner = typed(value.text).type;
    if (!node.is_plain() && (inner == ValueType::integer || inner == ValueType::number)) {
      edits = replacement(id, value.text);
    }
  } else if (is_scalar && node.is_plain() && judged.field.type == FieldType::text) {
    edits = quoted(id);
  }
  const bool is_shown = is_scalar && !value.text.empty();
  add(is_scalar || value.type == ValueType::null ? IssueKind::wrong_type : IssueKind::wrong_kind,
      judged.place,
      fmt::format("{}: expected {}, found {}{}{}", judged.field.name, wanted, words_of(value.type),
                  is_shown ? " " + shown_value(judged) : "", value.after),
      std::move(help), std::move(edits));
  return false;
}

// Nothing where the text of the file is not the value: references, escapes, aliases.
std::vector<Edit> SettingsReader::replacement(yaml::NodeId id, std::string text) const {
  const yaml::Node& node = m_document.node(id);
  if (node.kind != yaml::NodeKind::scalar || node.text.find('$') != std::string_view::npos) {
    return {};
  }
  return {{node.begin, node.end, std::move(text)}};
}

std::vector<Edit> SettingsReader::quoted(yaml::NodeId id) const {
  const yaml::Node& node = m_document.node(id);
  if (node.text.find_first_of("$\"\\\n") != std::string_view::npos) {
    return {};
  }
  return {{node.begin, node.begin, "\""}, {node.end, node.end, "\""}};
}

std::string SettingsReader::shown_value(const Case& judged) const {
  const std::string path = last_name(judged.place.path);
  return judged.field.name == "header" ? std::string(k_redacted) : shown(judged.value.text, path);
}

void SettingsReader::add(IssueKind kind, const Place& place, std::string message, std::string help,
                         std::vector<Edit> edits) {
  if (m_issues.size() < k_most_issues) {
    m_issues.push_back({kind, place, std::move(message), std::move(help), std::move(edits)});
  }
}

}  // namespace otelctl::config::collector
