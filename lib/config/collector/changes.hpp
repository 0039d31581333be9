// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "config/collector/collector.hpp"

// What changed from version to version, as data. Sources: the CHANGELOG.md files of
// opentelemetry-collector and -contrib at 0.155.0 (removals, renamings and their versions), the
// metadata.yaml files of the components (signals, connections), and what otelcol 0.155.0 refuses.
namespace otelctl::config::collector {

struct ComponentChange {
  Section section;
  std::string_view old_type;
  // What stands in its place; empty for nothing of the same sort.
  std::string_view new_type;
  CollectorVersion since;
  std::string_view help;
};

// The removal of a type that the version does not have any more; nullptr for none.
const ComponentChange* removal_of(Section section, std::string_view type,
                                  const CollectorVersion& version);
// The newer name of a type that the version knows under both; nullptr for none.
const ComponentChange* renaming_of(Section section, std::string_view type,
                                   const CollectorVersion& version);
// The renaming that first brings a name which the version does not have yet; nullptr for none.
const ComponentChange* later_name(Section section, std::string_view type,
                                  const CollectorVersion& version);

struct SettingChange {
  std::string_view section;  // "exporters"; "service" for service.telemetry
  std::string_view type;     // empty for every type
  std::string_view path;
  CollectorVersion since;
  std::string_view help;
};

// A key that the version does not have any more; nullptr for none.
const SettingChange* removed_setting(std::string_view section, std::string_view type,
                                     std::string_view path, const CollectorVersion& version);

// Every version in which a component or a key was renamed or removed, the newest first.
std::vector<CollectorVersion> versions_with_changes();

// What helps with a key that people put in a wrong place or know from elsewhere; empty for none.
std::string_view hint_for_key(std::string_view section, std::string_view type,
                              std::string_view path);

// The signals that a component takes part in, as bits of PipelineSignal; nothing where it is not
// known.
std::optional<unsigned> signals_of(Section section, std::string_view type);

// Whether a connector can take one signal and give another. Those that are not known can.
bool connects(std::string_view type, PipelineSignal from, PipelineSignal to);

// Whether a distribution (core, contrib or k8s) has such a component, '_' not counted.
bool is_known_type(Section section, std::string_view type);
// The types nearest to it, for hints.
std::string nearest_types(Section section, std::string_view type);

}  // namespace otelctl::config::collector
