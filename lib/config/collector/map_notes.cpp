// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/map_notes.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/places.hpp"
#include "config/words.hpp"

namespace otelctl::config::collector {

Value MapNotes::value(yaml::NodeId node) {
  return read_value(m_document, m_silent, node);
}

std::optional<std::string_view> MapNotes::name_of_key(yaml::NodeId key, const std::string& path) {
  const yaml::Node& node = m_document.node(key);
  if (node.kind == yaml::NodeKind::scalar) {
    return node.text;
  }
  if (node.kind == yaml::NodeKind::null) {
    m_issues.add(IssueKind::wrong_kind, place_of_key(m_document, key, path),
                 "expected text as key, found null", "name the key, or quote it");
  }
  return std::nullopt;
}

void MapNotes::report_unknown(yaml::NodeId key, std::string_view name, std::string_view where,
                              std::string path, const std::vector<std::string>& known) {
  std::string help = did_you_mean(name, known);
  const auto near = nearest(name, known);
  std::vector<Edit> edits;
  if (near.size() == 1) {
    edits.push_back({m_document.node(key).begin, m_document.node(key).end, near.front()});
  }
  if (help.empty()) {
    help = "the keys here are " + join(known, ", ");
  }
  m_issues.add(IssueKind::unknown_key, place_of_key(m_document, key, std::move(path)),
               fmt::format("unknown key {} in {}", shown(name), where), std::move(help),
               std::move(edits));
}

bool MapNotes::is_map(std::string_view name, const yaml::Document::Entry& entry,
                      const std::string& path, bool& is_complete) {
  const Value found = value(entry.value);
  if (found.type == ValueType::unknown) {
    is_complete = false;
    return false;
  }
  if (found.type != ValueType::map && found.type != ValueType::null) {
    m_issues.add(IssueKind::wrong_kind, place_of(m_document, entry.key, entry.value, path),
                 fmt::format("{}: expected a map, found {}", name, words_of(found.type)),
                 found.type == ValueType::list ? "remove the dashes in front of its keys"
                                               : "indent its keys under it");
    is_complete = false;
  }
  return found.type == ValueType::map;
}

}  // namespace otelctl::config::collector
