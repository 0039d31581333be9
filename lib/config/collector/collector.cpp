// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/collector.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/go_duration.hpp"

namespace otelctl::config::collector {

std::string_view name_of(Section section) {
  static constexpr std::array<std::string_view, k_section_count> k_names{
      "receivers", "processors", "exporters", "connectors", "extensions"};
  return k_names[static_cast<std::size_t>(section)];
}

std::string_view singular_of(Section section) {
  const std::string_view name = name_of(section);
  return name.substr(0, name.size() - 1);
}

std::string_view name_of(PipelineSignal signal) {
  switch (signal) {
    case PipelineSignal::traces:
      return "traces";
    case PipelineSignal::metrics:
      return "metrics";
    case PipelineSignal::logs:
      return "logs";
    case PipelineSignal::profiles:
      break;
  }
  return "profiles";
}

std::optional<PipelineSignal> pipeline_signal(std::string_view name) {
  for (const PipelineSignal signal : k_pipeline_signals) {
    if (name_of(signal) == name) {
      return signal;
    }
  }
  return std::nullopt;
}

void Settings::add(Setting setting) {
  m_index[setting.path] = m_settings.size();
  m_settings.push_back(std::move(setting));
}

const Setting* Settings::find(std::string_view path) const {
  const auto found = m_index.find(std::string(path));
  return found == m_index.end() ? nullptr : &m_settings[found->second];
}

std::optional<bool> Settings::flag(std::string_view path) const {
  const Setting* const setting = find(path);
  return setting != nullptr && setting->is_valid && setting->value.type == ValueType::boolean
             ? std::optional(setting->value.truth)
             : std::nullopt;
}

std::optional<double> Settings::number(std::string_view path) const {
  const Setting* const setting = find(path);
  const bool is_number =
      setting != nullptr && setting->is_valid &&
      (setting->value.type == ValueType::integer || setting->value.type == ValueType::number);
  return is_number ? std::optional(setting->value.number) : std::nullopt;
}

std::optional<std::string> Settings::text(std::string_view path) const {
  const Setting* const setting = find(path);
  const bool is_text =
      setting != nullptr && setting->is_valid &&
      (setting->value.type == ValueType::text || setting->value.is_whole_reference);
  return is_text && setting->value.type != ValueType::unknown ? std::optional(setting->value.text)
                                                              : std::nullopt;
}

std::optional<double> Settings::seconds(std::string_view path) const {
  if (const auto nanoseconds = number(path)) {
    return *nanoseconds * 1e-9;
  }
  const auto written = text(path);
  return written ? read_go_duration(*written) : std::nullopt;
}

bool Settings::is_given(std::string_view path) const {
  const Setting* const setting = find(path);
  return setting != nullptr && setting->value.type != ValueType::null;
}

bool Settings::is_on(std::string_view path) const {
  return is_given(path) && flag(std::string(path) + ".enabled").value_or(true);
}

bool Settings::is_unknown(std::string_view path) const {
  const Setting* const setting = find(path);
  return setting != nullptr && (setting->value.type == ValueType::unknown || !setting->is_valid);
}

const Place& Settings::place(std::string_view path, const Place& otherwise) const {
  const Setting* const setting = find(path);
  return setting == nullptr ? otherwise : setting->place;
}

std::vector<const Setting*> repeated_texts(const Settings& settings, std::string_view list) {
  std::vector<const Setting*> repeated;
  std::unordered_set<std::string> seen;
  for (std::size_t index = 0;; ++index) {
    const std::string item = fmt::format("{}[{}]", list, index);
    const Setting* const setting = settings.find(item);
    if (setting == nullptr) {
      return repeated;
    }
    const auto text = settings.text(item);
    if (text && !seen.insert(to_lower(*text)).second) {
      repeated.push_back(setting);
    }
  }
}

const Component* ComponentList::find(const std::string& id) const {
  const auto found = index.find(id);
  return found == index.end() ? nullptr : &items[found->second];
}

std::vector<const Component*> Collector::of_types(
    Section section, std::initializer_list<std::string_view> types) const {
  std::vector<const Component*> found;
  for (const Component& component : list(section).items) {
    if (std::find(types.begin(), types.end(), component.type) != types.end()) {
      found.push_back(&component);
    }
  }
  return found;
}

const Component* Collector::find(Section section, const std::string& id) const {
  const Component* const component = list(section).find(id);
  const bool may_be_connector = section == Section::receivers || section == Section::exporters;
  return component == nullptr && may_be_connector ? list(Section::connectors).find(id) : component;
}

bool Collector::has_complete_references() const {
  return has_complete_pipelines && extensions.is_complete &&
         std::all_of(pipelines.begin(), pipelines.end(), [](const Pipeline& pipeline) {
           return pipeline.receivers.is_complete && pipeline.processors.is_complete &&
                  pipeline.exporters.is_complete;
         });
}

}  // namespace otelctl::config::collector
