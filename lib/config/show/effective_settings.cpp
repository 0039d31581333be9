// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/show/effective_settings.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "config/collector/value.hpp"
#include "config/environment/compose_reader.hpp"
#include "config/environment/env_reader.hpp"
#include "config/environment/kubernetes_reader.hpp"
#include "config/input.hpp"
#include "config/references.hpp"
#include "config/sdk/values.hpp"
#include "config/show/show_section.hpp"
#include "config/show/show_tree.hpp"
#include "config/show/show_variables.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

using Type = EffectiveValue::Type;

// As JSON has it: 0x1F, +1, TRUE and .inf are YAML's alone.
EffectiveValue effective(const schema::Value& value) {
  switch (value.type) {
    case schema::Type::null:
      return {Type::null};
    case schema::Type::boolean:
      return {Type::raw, yaml::read_boolean(value.text).value_or(false) ? "true" : "false"};
    case schema::Type::integer:
    case schema::Type::number: {
      const auto whole = yaml::read_integer(value.text);
      if (!whole && !std::isfinite(value.number)) {
        return {Type::text, value.text};
      }
      return {Type::raw, whole ? fmt::format("{}", *whole) : fmt::format("{}", value.number)};
    }
    case schema::Type::text:
    case schema::Type::list:
    case schema::Type::map:
      break;
  }
  return {Type::text, value.text};
}

Result<EffectiveSettings> show_sdk(const std::string& name, const yaml::Document& document,
                                   const ShowOptions& options) {
  std::vector<Issue> issues;
  References references(document, options.environment, SubstitutionDialect::sdk, false, issues);
  const auto read = [&](yaml::NodeId id) -> EffectiveValue {
    const yaml::Node& node = document.node(id);
    if (node.kind == yaml::NodeKind::null) {
      return {Type::null};
    }
    return effective(sdk::typed(node, references.resolve(id, Place{node.begin, node.end})));
  };
  auto shown = show_tree(name, Kind::sdk, document, read, options);
  // The specification refuses the whole file then; other issues leave the text as it is.
  for (const Issue& issue : issues) {
    if (issue.kind == IssueKind::malformed_reference && issue.place) {
      const auto line = document.position(issue.place->begin).line;
      return fail(ErrorKind::settings, fmt::format("{}:{}: {}", name, line, issue.message),
                  issue.help);
    }
  }
  return shown;
}

EffectiveValue effective(const collector::Value& value) {
  using collector::ValueType;
  switch (value.type) {
    case ValueType::null:
      return {Type::null};
    case ValueType::boolean:
      return {Type::raw, value.truth ? "true" : "false"};
    case ValueType::integer:
    case ValueType::number:
      if (std::isfinite(value.number)) {
        return {Type::raw, fmt::format("{}", value.number)};
      }
      break;
    case ValueType::unknown:
    case ValueType::date:
    case ValueType::text:
    case ValueType::list:
    case ValueType::map:
      break;
  }
  return {Type::text, value.text};
}

Result<EffectiveSettings> show_collector(const std::string& name, const yaml::Document& document,
                                         const ShowOptions& options) {
  std::vector<Issue> ignored;
  References references(document, options.environment, SubstitutionDialect::collector, false,
                        ignored);
  const auto read = [&](yaml::NodeId id) {
    return effective(collector::read_value(document, references, id));
  };
  return show_tree(name, Kind::collector, document, read, options);
}

}  // namespace

std::string EffectiveSetting::path() const {
  std::string path;
  for (const PathPart& part : parts) {
    if (part.is_index) {
      path += fmt::format("[{}]", part.name);
    } else {
      path += (path.empty() ? "" : ".") + part.name;
    }
  }
  return path;
}

Result<EffectiveSettings> effective_settings(const std::string& name, std::string bytes,
                                             const ShowOptions& options) {
  ValidateOptions reading;
  reading.section = options.section;
  reading.environment = options.environment;
  reading.limits = options.limits;
  const auto [parsed, kind] = read_input(std::move(bytes), reading);
  const yaml::Document& document = parsed.document;
  if (!parsed.is_whole) {
    const yaml::Problem& why = parsed.problems.front();
    const yaml::Position at = document.position(why.begin);
    return fail(ErrorKind::settings,
                fmt::format("{}:{}:{}: {}", name, at.line, at.column, why.message), why.help);
  }
  std::vector<Issue> ignored;
  switch (kind) {
    case Kind::telemetry:
      return show_section(name, document, options);
    case Kind::sdk:
      return show_sdk(name, document, options);
    case Kind::env:
      return show_sets(name, kind, document, {read_env_set(document, reading, ignored)});
    case Kind::compose:
      return show_sets(name, kind, document, read_compose_sets(document, reading, ignored));
    case Kind::kubernetes:
      return show_sets(name, kind, document, read_kubernetes_sets(document, ignored));
    case Kind::collector:
      break;
  }
  return show_collector(name, document, options);
}

}  // namespace otelctl::config
