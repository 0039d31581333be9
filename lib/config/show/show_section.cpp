// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/show/show_section.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/section/section.hpp"
#include "config/section/section_reader.hpp"
#include "config/show/origin.hpp"

namespace otelctl::config {
namespace {

using State = Section::Value::State;
using Type = EffectiveValue::Type;

std::vector<PathPart> parts_of(std::string_view path) {
  std::vector<PathPart> parts;
  if (!path.empty()) {
    for (const std::string_view name : split(path, '.')) {
      parts.push_back({std::string(name)});
    }
  }
  return parts;
}

class SectionShower {
 public:
  SectionShower(const std::string& file, const yaml::Document& document, const Section& section,
                const std::vector<Issue>& issues, const ShowOptions& options)
      : m_file(file),
        m_document(document),
        m_section(section),
        m_issues(issues),
        m_options(options),
        m_root(parts_of(section.place(Key::section).path)) {}

  Result<EffectiveSettings> show() {
    EffectiveSettings shown{m_file, Kind::telemetry, {}};
    for (const KeySpec& spec : section_keys()) {
      const Section::Value& value = m_section.value(spec.key);
      if (spec.type == ValueType::map) {
        // A map that is none was refused as a whole: its keys are not there either.
        check(value.state == State::unreadable, value.item.place);
      } else if (spec.type == ValueType::text_map) {
        show_map(spec, value, shown.settings);
      } else if (spec.type == ValueType::text_list) {
        shown.settings.push_back(show_list(spec, value));
      } else {
        shown.settings.push_back(show_scalar(spec, value));
      }
    }
    if (m_error) {
      return fail(std::move(*m_error));
    }
    return shown;
  }

 private:
  std::vector<PathPart> parts(Key key) const {
    std::vector<PathPart> all = m_root;
    const std::vector<PathPart> own = parts_of(path_of(key));
    all.insert(all.end(), own.begin(), own.end());
    return all;
  }

  std::string_view raw(const Place& place) const {
    return m_document.source().substr(place.begin, place.end - place.begin);
  }

  std::string place_name(const Place& place) const {
    return fmt::format("{}:{}", m_file, m_document.position(place.begin).line);
  }

  std::string origin(const Place& place) const {
    return origin_of(raw(place), place_name(place), m_options);
  }

  // Keeps the first reason for which a value that is there has no effect. A variable without value
  // is none: the specification makes it an empty value.
  void check(bool is_unreadable, const Place& place) {
    if (!is_unreadable || m_error) {
      return;
    }
    const auto issue = std::find_if(m_issues.begin(), m_issues.end(), [&](const Issue& candidate) {
      return candidate.place && candidate.kind != IssueKind::unset_variable &&
             candidate.place->path == place.path;
    });
    if (issue != m_issues.end()) {
      m_error =
          Error{ErrorKind::settings,
                fmt::format("{}: {}", place_name(*issue->place), issue->message), issue->help};
    }
  }

  EffectiveSetting show_scalar(const KeySpec& spec, const Section::Value& value) {
    EffectiveSetting setting{parts(spec.key), {}, "default"};
    const bool is_text = spec.type == ValueType::text;
    setting.value.type = is_text ? Type::text : Type::raw;
    if (value.state == State::missing) {
      setting.value.text = spec.default_value;
      return setting;
    }
    check(value.state == State::unreadable, value.item.place);
    setting.origin = origin(value.item.place);
    if (value.state == State::unreadable) {
      setting.value = {Type::null};
    } else if (spec.type == ValueType::boolean) {
      setting.value.text = value.truth ? "true" : "false";
    } else if (is_text) {
      setting.value.text = shown_value(setting.parts, raw(value.item.place), value.item.text);
    } else {
      setting.value.text = fmt::format("{}", value.number);
    }
    return setting;
  }

  EffectiveSetting show_list(const KeySpec& spec, const Section::Value& value) {
    EffectiveSetting setting{parts(spec.key), {Type::list}, "default"};
    if (value.state == State::missing) {
      for (const std::string_view item : split(spec.default_value, ' ')) {
        setting.value.items.emplace_back(item);
      }
      return setting;
    }
    check(value.state == State::unreadable, value.item.place);
    setting.origin = place_name(value.item.place);
    for (const Item& item : value.items) {
      check(!item.is_readable, item.place);
      setting.value.items.push_back(shown_value(setting.parts, raw(item.place), item.text));
    }
    return setting;
  }

  void show_map(const KeySpec& spec, const Section::Value& value,
                std::vector<EffectiveSetting>& settings) {
    check(value.state == State::unreadable, value.item.place);
    if (value.items.empty()) {
      settings.push_back(
          {parts(spec.key),
           {Type::map},
           value.state == State::missing ? "default" : place_name(value.item.place)});
      return;
    }
    for (const Item& item : value.items) {
      check(!item.is_readable, item.place);
      EffectiveSetting setting{parts(spec.key), {Type::text}, origin(item.place)};
      setting.parts.push_back({item.name});
      if (item.is_readable) {
        setting.value.text = shown_value(setting.parts, raw(item.place), item.text);
      }
      settings.push_back(std::move(setting));
    }
  }

  const std::string& m_file;
  const yaml::Document& m_document;
  const Section& m_section;
  const std::vector<Issue>& m_issues;
  const ShowOptions& m_options;
  std::vector<PathPart> m_root;
  std::optional<Error> m_error = std::nullopt;
};

}  // namespace

Result<EffectiveSettings> show_section(const std::string& name, const yaml::Document& document,
                                       const ShowOptions& options) {
  std::vector<Issue> issues;
  const auto section = read_section(document, options.section, options.environment, true, issues);
  if (!section) {
    const Issue& why = issues.front();
    return fail(ErrorKind::settings, fmt::format("{}: {}", name, why.message), why.help);
  }
  return SectionShower(name, document, *section, issues, options).show();
}

}  // namespace otelctl::config
