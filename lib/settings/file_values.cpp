// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/file_values.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace otelctl::settings {

FileValues::FileValues(const yaml::Document& document, const std::string& path,
                       const Environment& environment, SubstitutionDialect dialect)
    : m_document(document),
      m_path(escape_for_terminal(path)),
      m_environment(environment),
      m_dialect(dialect) {}

bool FileValues::is_map(yaml::NodeId id) const {
  return id != yaml::k_no_node && m_document.node(id).kind == yaml::NodeKind::map;
}

yaml::NodeId FileValues::child(yaml::NodeId map, std::string_view key) const {
  yaml::NodeId found = yaml::k_no_node;
  if (is_map(map)) {
    for (const auto& entry : m_document.entries(map)) {
      if (m_document.node(entry.key).text == key) {
        found = entry.value;
      }
    }
  }
  return found;
}

std::vector<yaml::NodeId> FileValues::items(yaml::NodeId list) const {
  std::vector<yaml::NodeId> found;
  if (list != yaml::k_no_node && m_document.node(list).kind == yaml::NodeKind::sequence) {
    const auto children = m_document.children(list);
    std::transform(children.begin(), children.end(), std::back_inserter(found),
                   [&](yaml::NodeId item) { return m_document.resolve(item); });
  }
  return found;
}

std::string FileValues::place(yaml::NodeId id) const {
  return m_path + ":" + std::to_string(m_document.position(m_document.node(id).begin).line);
}

std::optional<SectionValue> FileValues::value(yaml::NodeId map, std::string_view key) {
  const yaml::NodeId id = child(map, key);
  return id == yaml::k_no_node ? std::nullopt : scalar(id, key);
}

std::optional<SectionValue> FileValues::scalar(yaml::NodeId id, std::string_view key) {
  const yaml::Node& node = m_document.node(id);
  if (node.kind == yaml::NodeKind::null) {
    return std::nullopt;
  }
  if (node.kind != yaml::NodeKind::scalar) {
    complain(id, std::string(key) + " is not a single value");
    return std::nullopt;
  }
  Substitution substitution = substitute(node.text, m_environment, m_dialect);
  for (const SubstitutionProblem& problem : substitution.problems) {
    if (problem.kind == SubstitutionProblemKind::unset) {
      notes.push_back(place(id) + ": ${" + escape_for_terminal(problem.name) +
                      "} is not set and stands for nothing");
    } else if (problem.kind != SubstitutionProblemKind::naked) {
      complain(id, std::string(key) + " holds a ${} reference that cannot be read");
    }
  }
  // The specification: what is empty after substitution is null, unless it is in quotes.
  if (m_dialect == SubstitutionDialect::sdk && node.is_plain() && substitution.text.empty()) {
    return std::nullopt;
  }
  return SectionValue{std::move(substitution.text), place(id)};
}

std::vector<SectionPair> FileValues::pairs(yaml::NodeId map, std::string_view key) {
  std::vector<SectionPair> found;
  const yaml::NodeId id = child(map, key);
  if (id == yaml::k_no_node || m_document.node(id).kind == yaml::NodeKind::null) {
    return found;
  }
  if (!is_map(id)) {
    complain(id, std::string(key) + " is not a map");
    return found;
  }
  for (const auto& entry : m_document.entries(id)) {
    const std::string name(m_document.node(entry.key).text);
    if (auto text = scalar(entry.value, name)) {
      found.push_back({name, std::move(*text)});
    }
  }
  return found;
}

void FileValues::complain(yaml::NodeId id, const std::string& problem) {
  if (!error) {
    error = Error{ErrorKind::settings, place(id) + ": " + escape_for_terminal(problem),
                  "otelctl config validate " + m_path + " shows it in its place"};
  }
}

}  // namespace otelctl::settings
