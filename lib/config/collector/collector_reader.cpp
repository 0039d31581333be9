// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/collector_reader.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "config/collector/id.hpp"
#include "config/collector/map_notes.hpp"
#include "config/collector/pipelines_reader.hpp"
#include "config/collector/schema.hpp"
#include "config/collector/settings_reader.hpp"
#include "config/places.hpp"
#include "config/references.hpp"
#include "config/words.hpp"

namespace otelctl::config::collector {
namespace {

using yaml::NodeId;
using yaml::NodeKind;

class CollectorReader {
 public:
  CollectorReader(const yaml::Document& document, const ValidateOptions& options,
                  std::vector<Issue>& issues)
      : m_document(document),
        m_issues(issues),
        m_references(document, options.environment, SubstitutionDialect::collector,
                     options.reports_unset, issues),
        m_silent(document, options.environment, SubstitutionDialect::collector, false, m_unheard),
        m_notes(document, m_silent, m_issues),
        m_settings(document, m_silent, options.collector_version, m_issues) {
    m_collector.version = options.collector_version;
  }

  std::optional<Collector> read() {
    const NodeId root = m_document.root();
    if (root == yaml::k_no_node ||
        m_document.node(m_document.resolve(root)).kind != NodeKind::map) {
      report_root(root);
      return std::nullopt;
    }
    const NodeId map = m_document.resolve(root);
    check_references();
    read_root(map);
    mark_used();
    return std::move(m_collector);
  }

 private:
  void report_root(NodeId root) {
    if (root == yaml::k_no_node) {
      m_issues.add(IssueKind::wrong_kind, std::nullopt, "the file is empty",
                   "a Collector file has receivers, exporters and service");
      return;
    }
    m_issues.add(IssueKind::wrong_kind, place_of(m_document, yaml::k_no_node, root, {}),
                 fmt::format("expected a map, found {}", kind_words(m_document.node(root))),
                 "a Collector file has receivers, exporters and service");
  }

  // References are the business of the whole file: one that is malformed stops the Collector,
  // wherever it stands.
  void check_references() {
    for (NodeId id = 0; id < m_document.node_count(); ++id) {
      const yaml::Node& node = m_document.node(id);
      if (node.kind != NodeKind::scalar || node.text.find('$') == std::string_view::npos ||
          m_issues.is_full()) {
        continue;
      }
      const bool is_in_map =
          node.parent != yaml::k_no_node && m_document.node(node.parent).kind == NodeKind::map;
      const std::string path = path_of(id);
      if (is_in_map && node.key == yaml::k_no_node) {
        m_references.is_in_key(id, path);
      } else {
        m_references.resolve(id, place_of(m_document, node.key, id, path));
      }
    }
  }

  // "exporters.otlp.headers", by climbing: the depth of documents is bounded.
  std::string path_of(NodeId id) const {
    std::vector<std::string_view> names;
    for (NodeId at = id; at != yaml::k_no_node; at = m_document.node(at).parent) {
      const NodeId key = m_document.node(at).key;
      if (key != yaml::k_no_node && m_document.node(key).kind == NodeKind::scalar) {
        names.push_back(m_document.node(key).text);
      }
    }
    std::string path;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      path = joined_path(path, *name);
    }
    return path;
  }

  void read_root(NodeId map) {
    static const std::vector<std::string> k_known{"receivers",  "processors", "exporters",
                                                  "connectors", "extensions", "service"};
    for (const yaml::Document::Entry& entry : m_document.entries(map)) {
      const auto name = m_notes.name_of_key(entry.key, {});
      if (!name) {
        continue;
      }
      const auto section = std::find_if(k_sections.begin(), k_sections.end(), [&](Section each) {
        return collector::name_of(each) == *name;
      });
      if (section != k_sections.end()) {
        read_section(*section, entry);
      } else if (*name == "service") {
        m_collector.service_place = place_of_key(m_document, entry.key, "service");
        read_service(entry);
      } else {
        m_notes.report_unknown(entry.key, *name, "a Collector file", std::string(*name), k_known);
      }
    }
  }

  void read_section(Section section, const yaml::Document::Entry& entry) {
    const std::string name(collector::name_of(section));
    ComponentList& list = m_collector.list(section);
    if (!m_notes.is_map(name, entry, name, list.is_complete)) {
      return;
    }
    for (const yaml::Document::Entry& item : m_document.entries(m_document.resolve(entry.value))) {
      if (m_issues.is_full()) {
        return;
      }
      if (const auto key = m_notes.name_of_key(item.key, name)) {
        read_component(section, *key, item, list);
      }
    }
  }

  void read_component(Section section, std::string_view key, const yaml::Document::Entry& entry,
                      ComponentList& list) {
    const std::string path = joined_path(std::string(collector::name_of(section)), key);
    const Place place = place_of_key(m_document, entry.key, path);
    const std::string flaw = flaw_of_id(key);
    if (!flaw.empty()) {
      m_issues.add(IssueKind::component_id, place,
                   fmt::format("{} is no name of a component: {}", shown(key), flaw),
                   "write type or type/name, such as otlp/2");
      list.has_flawed_names = true;
      return;
    }
    const Id id = read_id(key);
    Component component;
    component.section = section;
    component.id = id.text();
    component.type = id.type;
    component.place = place;
    component.config = m_document.resolve(entry.value);
    const auto [known, is_new] = list.index.emplace(component.id, list.items.size());
    // Of the same spelling it is a duplicate key, which is reported as such.
    if (!is_new && list.items[known->second].place.path != path) {
      m_issues.add(IssueKind::component_id, place,
                   fmt::format("{} is the same component as {}", shown(key),
                               shown(list.items[known->second].id)),
                   "spaces around the parts of a name do not count: rename one");
    }
    if (!is_new) {
      return;
    }
    read_configuration(component, path);
    m_unheard.clear();
    list.items.push_back(std::move(component));
  }

  void read_configuration(Component& component, const std::string& path) {
    const Value value = m_notes.value(component.config);
    component.is_unknown = value.type == ValueType::unknown;
    if (value.type != ValueType::map && value.type != ValueType::null && !component.is_unknown) {
      Place place = place_of(m_document, yaml::k_no_node, component.config, path);
      m_issues.add(IssueKind::wrong_kind, place,
                   fmt::format("{}: expected a map, found {}", component.id, words_of(value.type)),
                   "indent its keys under it, or leave it empty");
      component.is_unknown = true;
      return;
    }
    const std::string_view section = collector::name_of(component.section);
    const Shape* const shape = shape_of(section, component.type);
    component.is_known_through = shape != nullptr && !component.is_unknown;
    if (shape != nullptr && value.type == ValueType::map) {
      m_settings.read(*shape, component.config,
                      fmt::format("{} '{}'", singular_of(component.section), component.id), path,
                      section, component.type, component.settings);
    }
  }

  void read_service(const yaml::Document::Entry& service) {
    static const std::vector<std::string> k_known{"telemetry", "extensions", "pipelines"};
    if (!m_notes.is_map("service", service, "service", m_collector.has_complete_pipelines)) {
      m_collector.extensions.is_complete = m_collector.has_complete_pipelines;
      return;
    }
    for (const yaml::Document::Entry& entry :
         m_document.entries(m_document.resolve(service.value))) {
      const auto name = m_notes.name_of_key(entry.key, "service");
      if (!name) {
        continue;
      }
      const std::string path = joined_path("service", *name);
      bool is_known = true;
      if (*name == "telemetry") {
        if (m_notes.is_map(*name, entry, path, is_known)) {
          m_settings.read(telemetry_shape(), m_document.resolve(entry.value), "service.telemetry",
                          path, "service", "telemetry", m_collector.telemetry);
        }
      } else if (*name == "extensions") {
        m_collector.extensions = read_references(m_notes, entry, path);
      } else if (*name == "pipelines") {
        read_pipelines(m_notes, entry, path, m_collector);
      } else {
        m_notes.report_unknown(entry.key, *name, "service", path, k_known);
      }
    }
  }

  void mark(Section section, const std::string& id, unsigned signals) {
    ComponentList& list = m_collector.list(section);
    const auto found = list.index.find(id);
    if (found != list.index.end()) {
      list.items[found->second].used_signals |= signals;
    } else if (section == Section::receivers || section == Section::exporters) {
      mark(Section::connectors, id, signals);
    }
  }

  void mark_used() {
    for (const Pipeline& pipeline : m_collector.pipelines) {
      // A pipeline of no signal uses its components all the same.
      constexpr unsigned k_no_signal = 16;
      const unsigned signal =
          pipeline.signal ? static_cast<unsigned>(*pipeline.signal) : k_no_signal;
      for (const Pipeline::Role& role : pipeline.roles()) {
        for (const Reference& reference : role.list->items) {
          mark(role.section, reference.id, signal);
        }
      }
    }
    for (const Reference& reference : m_collector.extensions.items) {
      mark(Section::extensions, reference.id, 1);
    }
  }

  const yaml::Document& m_document;
  Issues m_issues;
  References m_references;
  // Values are read a second time, by their type; what is wrong with references is known by then.
  std::vector<Issue> m_unheard;
  References m_silent;
  MapNotes m_notes;
  SettingsReader m_settings;
  Collector m_collector;
};

}  // namespace

std::optional<Collector> read_collector(const yaml::Document& document,
                                        const ValidateOptions& options,
                                        std::vector<Issue>& issues) {
  return CollectorReader(document, options, issues).read();
}

}  // namespace otelctl::config::collector
