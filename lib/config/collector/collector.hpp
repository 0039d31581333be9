// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/collector/value.hpp"
#include "config/collector/version.hpp"
#include "config/finding.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::collector {

enum class Section : std::uint8_t { receivers, processors, exporters, connectors, extensions };
inline constexpr std::size_t k_section_count = 5;
inline constexpr std::array k_sections{Section::receivers, Section::processors, Section::exporters,
                                       Section::connectors, Section::extensions};

// "receivers", and "receiver" for messages.
std::string_view name_of(Section section);
std::string_view singular_of(Section section);

// The signals of pipelines, as bits.
enum class PipelineSignal : std::uint8_t { traces = 1, metrics = 2, logs = 4, profiles = 8 };
inline constexpr std::array k_pipeline_signals{PipelineSignal::traces, PipelineSignal::metrics,
                                               PipelineSignal::logs, PipelineSignal::profiles};
std::string_view name_of(PipelineSignal signal);
std::optional<PipelineSignal> pipeline_signal(std::string_view name);

// One value of a component's configuration whose key is known: "tls.insecure", or "actions[0].key".
struct Setting {
  std::string path;
  Value value;
  Place place;
  // It has the type that its key wants, and one of its choices.
  bool is_valid = true;
  yaml::NodeId node = yaml::k_no_node;  // the value, aliases followed
};

// The known settings of one map, in the order of the file.
class Settings {
 public:
  void add(Setting setting);
  const std::vector<Setting>& all() const { return m_settings; }
  // The last one of this path; nullptr for none.
  const Setting* find(std::string_view path) const;

  // The value, where it is there, of the right type, known, and not null.
  std::optional<bool> flag(std::string_view path) const;
  std::optional<double> number(std::string_view path) const;
  std::optional<std::string> text(std::string_view path) const;
  // In seconds; a bare number is of nanoseconds.
  std::optional<double> seconds(std::string_view path) const;
  // It is there, and not null.
  bool is_given(std::string_view path) const;
  // A part that is on: given and not switched off by its `enabled`.
  bool is_on(std::string_view path) const;
  // It is there and nobody knows its value.
  bool is_unknown(std::string_view path) const;
  // Its place, or `otherwise` where it is missing.
  const Place& place(std::string_view path, const Place& otherwise) const;

 private:
  std::vector<Setting> m_settings;
  std::unordered_map<std::string, std::size_t> m_index;
};

// The items of a list of text that repeat an earlier one, case ignored.
std::vector<const Setting*> repeated_texts(const Settings& settings, std::string_view list);

struct Component {
  Section section = Section::receivers;
  // "otlp/2" without spaces around its parts, and the part before the slash.
  std::string id;
  std::string type;
  Place place;  // of its key
  yaml::NodeId config = yaml::k_no_node;
  // All keys are known, and `settings` filled.
  bool is_known_through = false;
  // Its value comes from a variable, or is no map.
  bool is_unknown = false;
  // The signals of the pipelines that name it, as bits; of an extension that is on: not 0.
  unsigned used_signals = 0;

  bool is_used() const { return used_signals != 0; }
  Settings settings;
};

// The name of a component in a pipeline or in service.extensions.
struct Reference {
  std::string id;
  Place place;
};

// Names in a list; a list of which nobody knows what is in it is not complete.
struct ReferenceList {
  std::vector<Reference> items;
  Place place;  // its key, or the pipeline's where it is missing
  bool is_complete = true;
};

struct Pipeline {
  // One of its lists and the section that it names.
  struct Role {
    Section section;
    const ReferenceList* list;
  };

  std::string id;
  std::optional<PipelineSignal> signal;
  Place place;  // of its key
  ReferenceList receivers;
  ReferenceList processors;
  ReferenceList exporters;

  std::array<Role, 3> roles() const {
    return {{{Section::receivers, &receivers},
             {Section::processors, &processors},
             {Section::exporters, &exporters}}};
  }
};

// One section of components.
struct ComponentList {
  std::vector<Component> items;
  std::unordered_map<std::string, std::size_t> index;
  // All of it is in the file.
  bool is_complete = true;
  // Some of its keys are no names of components.
  bool has_flawed_names = false;

  const Component* find(const std::string& id) const;
};

// A Collector's configuration, as far as it could be read.
struct Collector {
  CollectorVersion version;
  std::array<ComponentList, k_section_count> sections;
  std::vector<Pipeline> pipelines;
  ReferenceList extensions;  // service.extensions
  Settings telemetry;        // service.telemetry
  // The key `service`.
  std::optional<Place> service_place;
  bool has_complete_pipelines = true;

  const ComponentList& list(Section section) const {
    return sections[static_cast<std::size_t>(section)];
  }
  ComponentList& list(Section section) { return sections[static_cast<std::size_t>(section)]; }
  // Every component of these types, in the order of the file.
  std::vector<const Component*> of_types(Section section,
                                         std::initializer_list<std::string_view> types) const;
  // A component of a section, or a connector in its place; nullptr for none.
  const Component* find(Section section, const std::string& id) const;
  // Every name that pipelines and service.extensions give is in the file.
  bool has_complete_references() const;
};

}  // namespace otelctl::config::collector
