// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/completion/sources.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "cmd/commands.hpp"
#include "cmd/help.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/collector/changes.hpp"
#include "config/rules.hpp"
#include "synth/scenarios.hpp"
#include "yaml/parse.hpp"

namespace otelctl {
namespace {

// Larger files are no configuration, and would take longer than a key may.
constexpr std::uint64_t k_largest_config = std::uint64_t{1} << 20U;

FilePatterns yaml_patterns() {
  return {"*.yaml", "*.yml"};
}

FilePatterns env_patterns() {
  return {"*.env", ".env*"};
}

// The map that a path of keys leads to; k_no_node where there is none.
yaml::NodeId map_at(const yaml::Document& document, std::string_view path) {
  yaml::NodeId map = document.resolve(document.root());
  for (const std::string_view key : split(path, '.')) {
    if (map == yaml::k_no_node || path.empty()) {
      break;
    }
    yaml::NodeId below = yaml::k_no_node;
    for (const auto& entry : document.entries(map)) {
      if (document.node(entry.key).text == key) {
        below = document.resolve(entry.value);
      }
    }
    map = below;
  }
  const bool is_map = map != yaml::k_no_node && document.node(map).kind == yaml::NodeKind::map;
  return is_map ? map : yaml::k_no_node;
}

void add_sections_of(const std::string& file, ValueRequest& request) {
  std::error_code ignored;
  // A FIFO would have no end, and it is read once only.
  if (!std::filesystem::is_regular_file(file, ignored)) {
    return;
  }
  auto bytes = read_file(file, k_largest_config);
  if (!bytes) {
    return;
  }
  const yaml::Parsed parsed = yaml::parse_readable(std::move(*bytes));
  const std::size_t dot = request.typed().rfind('.');
  const std::string path = dot == std::string::npos ? "" : request.typed().substr(0, dot);
  const yaml::NodeId map = map_at(parsed.document, path);
  if (map == yaml::k_no_node) {
    return;
  }
  for (const auto& entry : parsed.document.entries(map)) {
    const yaml::NodeId value = parsed.document.resolve(entry.value);
    if (value != yaml::k_no_node && parsed.document.node(value).kind == yaml::NodeKind::map) {
      request.add(
          (path.empty() ? "" : path + ".") + std::string(parsed.document.node(entry.key).text),
          fmt::format("of {}", file));
    }
  }
}

}  // namespace

std::vector<Suggestion> command_words(const std::string& group) {
  const std::string prefix = group.empty() ? "" : group + " ";
  std::vector<Suggestion> words;
  for (const CommandSpec& spec : all_commands()) {
    if (spec.is_hidden || !spec.name.starts_with(prefix)) {
      continue;
    }
    const std::string_view rest = spec.name.substr(prefix.size());
    const std::string word(rest.substr(0, rest.find(' ')));
    if (words.empty() || words.back().value != word) {
      words.push_back({word, word.size() < rest.size() ? fmt::format("Commands about {}", word)
                                                       : std::string(spec.summary)});
    }
  }
  return words;
}

namespace values {

void files(ValueRequest& request) {
  request.add_files();
}

void yaml_files(ValueRequest& request) {
  request.add_files(yaml_patterns());
}

void env_files(ValueRequest& request) {
  request.add_files(env_patterns());
}

void config_files(ValueRequest& request) {
  FilePatterns patterns = yaml_patterns();
  for (std::string& each : env_patterns()) {
    patterns.push_back(std::move(each));
  }
  request.add_files(std::move(patterns));
}

void scenarios(ValueRequest& request) {
  for (const std::string& name : synth::scenario_names()) {
    const auto scenario = synth::find_scenario(name);
    request.add(name, scenario ? scenario->summary : std::string{});
  }
}

void scenarios_and_files(ValueRequest& request) {
  scenarios(request);
  request.add_files();
}

void rule_codes(ValueRequest& request) {
  const bool is_lower = request.typed().starts_with('o');
  for (const config::Rule& rule : config::all_rules()) {
    request.add(is_lower ? to_lower(rule.code) : std::string(rule.code), std::string(rule.name));
  }
}

void collector_versions(ValueRequest& request) {
  for (const config::CollectorVersion& version : config::collector::versions_with_changes()) {
    request.add(fmt::format("{}.{}", version.major, version.minor));
  }
}

void attribute_names(ValueRequest& request) {
  for (const std::string& name : config::attributes_beside(request.typed())) {
    if (name.find('*') == std::string::npos) {
      request.add(name + "=");
    }
  }
}

void sections(ValueRequest& request) {
  std::vector<std::string> files = request.values_of("--config");
  files.insert(files.end(), request.arguments().begin(), request.arguments().end());
  for (const std::string& file : files) {
    add_sections_of(file, request);
  }
}

void commands(ValueRequest& request) {
  const auto& before = request.arguments();
  if (before.size() > 1 || (before.size() == 1 && !is_command_group(before.front()))) {
    return;
  }
  for (Suggestion& word : command_words(before.empty() ? "" : before.front())) {
    request.add(std::move(word.value), std::move(word.description));
  }
}

void endpoints(ValueRequest& request) {
  request.add("http://localhost:4317", "OTLP over gRPC");
  request.add("http://localhost:4318", "OTLP over HTTP");
}

void backends(ValueRequest& request) {
  request.add("http://localhost:16686", "Jaeger, otelctl serve");
  request.add("http://localhost:3200", "Tempo");
  request.add("http://localhost:9411", "Zipkin");
  request.add_files();
}

}  // namespace values
}  // namespace otelctl
