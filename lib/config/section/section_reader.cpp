// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/section_reader.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/places.hpp"
#include "config/references.hpp"
#include "config/section/scalar_reader.hpp"
#include "config/section/section_locator.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

using State = Section::Value::State;

class SectionReader {
 public:
  SectionReader(const yaml::Document& document, const Environment& environment, bool report_unset,
                std::vector<Issue>& issues)
      : m_document(document),
        m_issues(issues),
        m_references(document, environment, SubstitutionDialect::section, report_unset, issues),
        m_scalars(document, m_references, issues) {}

  Section read(yaml::NodeId key, yaml::NodeId value, std::string path) {
    const Place place = key == yaml::k_no_node ? place_of(m_document, key, value, path)
                                               : place_of_key(m_document, key, path);
    m_section.value(Key::section).item.place = place;
    m_section.value(Key::section).state = State::readable;
    m_section.set_extent(m_document.node(value).begin, m_document.node(value).end);
    m_pending.push_back({Key::section, value, std::move(path)});
    while (!m_pending.empty()) {
      const Pending next = std::move(m_pending.back());
      m_pending.pop_back();
      read_map(next);
    }
    return std::move(m_section);
  }

 private:
  struct Pending {
    Key key;
    yaml::NodeId node;
    std::string path;
  };

  void add(IssueKind kind, Place place, std::string message, std::string help,
           std::vector<Edit> edits = {}) {
    m_issues.push_back(
        {kind, std::move(place), std::move(message), std::move(help), std::move(edits)});
  }

  // The name of an entry's key; nothing when it is no text.
  std::optional<std::string_view> name_of(yaml::NodeId key, const std::string& parent_path) {
    const yaml::Node& node = m_document.node(key);
    // A map or a list as key is wrong in every file, and reported as such.
    if (node.kind == yaml::NodeKind::null) {
      add(IssueKind::wrong_kind, place_of_key(m_document, key, parent_path),
          "expected text as key, found null", "name the key, or quote it");
    }
    return node.kind == yaml::NodeKind::scalar ? std::optional(node.text) : std::nullopt;
  }

  // A hostile file could fill the memory with issues that nobody reads.
  bool has_enough_issues() const {
    constexpr std::size_t k_most = 20000;
    return m_issues.size() >= k_most;
  }

  void read_map(const Pending& map) {
    for (const yaml::Document::Entry& entry : m_document.entries(map.node)) {
      if (has_enough_issues()) {
        return;
      }
      const auto name = name_of(entry.key, map.path);
      if (!name) {
        continue;
      }
      const std::string path = joined_path(map.path, *name);
      if (m_references.is_in_key(entry.key, path)) {
        continue;
      }
      if (const auto key = find_key(map.key, *name)) {
        read_value(*key, entry, path);
      } else {
        report_unknown(map, entry, *name, path);
      }
    }
  }

  void read_value(Key key, const yaml::Document::Entry& entry, const std::string& path) {
    const KeySpec& spec = spec_of(key);
    Section::Value& value = m_section.value(key);
    const Place place = place_of(m_document, entry.key, entry.value, path);
    // Of a key that is there twice the last counts, as in Python.
    value = Section::Value{};
    switch (spec.type) {
      case ValueType::map:
      case ValueType::text_list:
      case ValueType::text_map:
        read_collection(spec, entry, place, value);
        break;
      case ValueType::boolean:
      case ValueType::integer:
      case ValueType::number:
      case ValueType::text:
        m_scalars.read(spec, entry.value, place, value);
        break;
    }
  }

  void read_collection(const KeySpec& spec, const yaml::Document::Entry& entry, const Place& place,
                       Section::Value& value) {
    const yaml::Node& node = m_document.node(entry.value);
    const bool is_list = spec.type == ValueType::text_list;
    value.item = Item{std::string(spec.name), {}, place_of_key(m_document, entry.key, place.path)};
    if (node.kind != (is_list ? yaml::NodeKind::sequence : yaml::NodeKind::map)) {
      value.state = State::unreadable;
      add(IssueKind::wrong_kind, place,
          fmt::format("{}: expected {}, found {}", spec.name, type_words(spec.type),
                      kind_words(node)),
          collection_help(spec, node));
      return;
    }
    value.state = State::readable;
    if (spec.type == ValueType::map) {
      m_pending.push_back({spec.key, entry.value, place.path});
    } else if (is_list) {
      read_list(spec, entry, place.path, value);
    } else {
      read_text_map(spec, entry.value, place.path, value);
    }
  }

  std::string collection_help(const KeySpec& spec, const yaml::Node& node) const {
    if (node.kind == yaml::NodeKind::null) {
      return spec.type == ValueType::map ? "indent its keys under it, or remove it"
                                         : "remove the key, or write [] or {}";
    }
    if (spec.key == Key::propagators && node.kind == yaml::NodeKind::scalar) {
      return "text with commas is the form of OTEL_PROPAGATORS; here write "
             "[tracecontext, baggage]";
    }
    if (spec.key == Key::headers && node.kind == yaml::NodeKind::scalar) {
      return "name=value is the form of OTEL_EXPORTER_OTLP_HEADERS; here write name: value under "
             "the key";
    }
    if (node.kind == yaml::NodeKind::sequence) {
      return node.child_count == 0 ? "write {} for an empty map"
                                   : "remove the dashes in front of its keys";
    }
    return spec.type == ValueType::text_list ? "write one item a line, each behind '- '"
                                             : "indent its keys under it";
  }

  void read_list(const KeySpec& spec, const yaml::Document::Entry& entry, const std::string& path,
                 Section::Value& value) {
    std::size_t index = 0;
    for (const yaml::NodeId child : m_document.children(entry.value)) {
      if (has_enough_issues()) {
        return;
      }
      const yaml::NodeId item = m_document.resolve(child);
      Place place = place_of(m_document, yaml::k_no_node, item, fmt::format("{}[{}]", path, index));
      if (place.begin == place.end) {
        place = place_of_key(m_document, entry.key, place.path);
      }
      value.items.push_back(m_scalars.read_text(spec, std::string(spec.name), item, place));
      ++index;
    }
  }

  void read_text_map(const KeySpec& spec, yaml::NodeId map, const std::string& path,
                     Section::Value& value) {
    for (const yaml::Document::Entry& entry : m_document.entries(map)) {
      if (has_enough_issues()) {
        return;
      }
      const auto name = name_of(entry.key, path);
      if (!name) {
        continue;
      }
      const std::string entry_path = joined_path(path, *name);
      if (m_references.is_in_key(entry.key, entry_path)) {
        continue;
      }
      check_is_text(spec, entry.key, *name, entry_path);
      Item item = m_scalars.read_text(spec, std::string(*name), entry.value,
                                      place_of(m_document, entry.key, entry.value, entry_path));
      value.items.push_back(std::move(item));
    }
  }

  // The name of an entry that YAML takes for a number or a boolean is none to the model.
  void check_is_text(const KeySpec& spec, yaml::NodeId id, std::string_view name,
                     const std::string& path) {
    const yaml::Node& key = m_document.node(id);
    const bool is_plain = key.is_plain() && m_document.tag(key).empty();
    if (is_plain && yaml::resolve_plain(name).legacy != yaml::ScalarType::text) {
      add(IssueKind::wrong_type, place_of_key(m_document, id, path),
          fmt::format("{}: expected text as key, found {}", spec.name, shown(name)),
          "quote the key", {{key.begin, key.begin, "\""}, {key.end, key.end, "\""}});
    }
  }

  void report_unknown(const Pending& map, const yaml::Document::Entry& entry, std::string_view name,
                      const std::string& path) {
    const std::string parent =
        map.key == Key::section ? std::string("the section") : path_of(map.key);
    Place place = place_of_key(m_document, entry.key, path);
    const auto elsewhere = find_elsewhere(name);
    const bool is_here_by_other_name = synonym(map.key, name).has_value();
    if (elsewhere && !is_here_by_other_name) {
      const std::string owner = path_of(spec_of(*elsewhere).parent);
      add(IssueKind::misplaced_key, std::move(place),
          fmt::format("'{}' has no effect under {}: it belongs {}{}", name, parent,
                      owner.empty() ? "at the top of the section" : "under ", owner),
          "move it there");
      return;
    }
    add(IssueKind::unknown_key, std::move(place),
        fmt::format("unknown key {} under {}", shown(name), parent),
        unknown_help(map.key, entry, name), renaming(map, entry, name));
  }

  // The edit that gives an unknown key the name that was meant, where only one can be and the map
  // has no such key. One in milliseconds is left alone: what its value counts is not known.
  std::vector<Edit> renaming(const Pending& map, const yaml::Document::Entry& entry,
                             std::string_view name) const {
    const auto other = synonym(map.key, name);
    const std::vector<std::string> near = nearest(name, child_names(map.key));
    const std::string meant = other ? std::string(*other) : near.size() == 1 ? near.front() : "";
    if (meant.empty() || (other && meant.ends_with("_ms"))) {
      return {};
    }
    const auto entries = m_document.entries(map.node);
    const bool is_there =
        std::any_of(entries.begin(), entries.end(), [&](const yaml::Document::Entry& known) {
          return m_document.node(known.key).text == meant;
        });
    const yaml::Node& key = m_document.node(entry.key);
    if (is_there || !key.is_plain() || key.end - key.begin != name.size()) {
      return {};
    }
    return {{key.begin, key.end, meant}};
  }

  std::string unknown_help(Key parent, const yaml::Document::Entry& entry,
                           std::string_view name) const {
    const yaml::Node& value = m_document.node(entry.value);
    const auto colon = name.find(':');
    if (colon != std::string_view::npos && value.kind == yaml::NodeKind::null) {
      return "a space is missing after ':'";
    }
    if (parent == Key::exporters && name == "zipkin") {
      return "the plan names Zipkin, the model does not have it, and the specification deprecated "
             "its exporters in 1.52.0: use otlp";
    }
    if (const auto other = synonym(parent, name)) {
      return fmt::format("did you mean '{}'?{}", *other,
                         other->ends_with("_ms") ? " its unit is milliseconds" : "");
    }
    const std::vector<std::string> known = child_names(parent);
    std::string near = did_you_mean(name, known);
    return near.empty() ? fmt::format("the keys here are {}", join(known, ", ")) : near;
  }

  const yaml::Document& m_document;
  std::vector<Issue>& m_issues;
  References m_references;
  ScalarReader m_scalars;
  Section m_section;
  std::vector<Pending> m_pending;
};

}  // namespace

std::optional<Section> read_section(const yaml::Document& document, const std::string& name,
                                    const Environment& environment, bool report_unset,
                                    std::vector<Issue>& issues) {
  auto located = locate_section(document, name, issues);
  if (!located) {
    return std::nullopt;
  }
  return SectionReader(document, environment, report_unset, issues)
      .read(located->key, located->value, std::move(located->path));
}

}  // namespace otelctl::config
