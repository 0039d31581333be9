// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/show/show_variables.hpp"

namespace otelctl::config {
namespace {

// "containers[0].env" in parts.
std::vector<PathPart> parts_of(std::string_view path) {
  std::vector<PathPart> parts;
  for (std::string_view name : split(path, '.')) {
    const auto bracket = name.find('[');
    parts.push_back({std::string(name.substr(0, bracket))});
    if (bracket != std::string_view::npos && name.ends_with(']')) {
      parts.push_back({std::string(name.substr(bracket + 1, name.size() - bracket - 2)), true});
    }
  }
  return parts;
}

// What holds an assignment: its path without the name ("services.web.environment.OTEL_X") or
// without the index in a list ("env[2].value").
std::vector<PathPart> holder_of(const Assignment& assignment) {
  const std::string& path = assignment.item.place.path;
  if (path == assignment.name()) {
    return {};
  }
  if (path.ends_with("." + assignment.name())) {
    return parts_of(path.substr(0, path.size() - assignment.name().size() - 1));
  }
  return parts_of(path.substr(0, path.rfind('[')));
}

}  // namespace

EffectiveSettings show_sets(const std::string& name, Kind kind, const yaml::Document& document,
                            const std::vector<VariableSet>& sets) {
  EffectiveSettings shown{name, kind, {}};
  for (const VariableSet& set : sets) {
    const bool is_whole_file = kind == Kind::env;
    if (!set.has_telemetry() && !is_whole_file) {
      continue;
    }
    const FindVariable find = [&](std::string_view wanted) -> std::optional<FoundVariable> {
      const Assignment* const found = set.find_set(wanted);
      if (found == nullptr) {
        return std::nullopt;
      }
      const auto line = document.position(found->item.place.begin).line;
      return FoundVariable{found->value(), fmt::format("{}:{}", name, line)};
    };
    auto settings =
        show_variables(find, is_whole_file ? std::vector<PathPart>() : holder_of(set.all().front()),
                       !set.is_open());
    std::move(settings.begin(), settings.end(), std::back_inserter(shown.settings));
  }
  return shown;
}

}  // namespace otelctl::config
