// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/section_locator.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/places.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

struct Found {
  yaml::NodeId key = yaml::k_no_node;
  yaml::NodeId value = yaml::k_no_node;
};

// The last entry of that name, as Python reads it.
Found find_entry(const yaml::Document& document, yaml::NodeId map, std::string_view name) {
  Found found;
  if (document.node(map).kind == yaml::NodeKind::map) {
    for (const yaml::Document::Entry& entry : document.entries(map)) {
      const yaml::Node& key = document.node(entry.key);
      if (key.kind == yaml::NodeKind::scalar && key.text == name) {
        found = {entry.key, entry.value};
      }
    }
  }
  return found;
}

// Where looking for the section ended.
struct Search {
  Found found;
  // When it was not found: the last map on the way, its path, and the name that is not in it.
  yaml::NodeId map = yaml::k_no_node;
  std::string map_path;
  std::string_view missing;
};

// A key that has dots itself comes before a path.
Search find_section(const yaml::Document& document, const std::string& name) {
  Search search;
  search.map = document.resolve(document.root());
  search.found = find_entry(document, search.map, name);
  if (search.found.value != yaml::k_no_node) {
    return search;
  }
  for (const std::string_view part : split(name, '.')) {
    const Found next = find_entry(document, search.map, part);
    if (next.value == yaml::k_no_node) {
      search.found = {};
      search.missing = part;
      return search;
    }
    search.map = next.value;
    search.map_path = joined_path(search.map_path, part);
    search.found = next;
  }
  return search;
}

// Points at the key that was probably meant, where one is near.
void report_missing(const yaml::Document& document, const std::string& name, const Search& search,
                    std::vector<Issue>& issues) {
  constexpr std::size_t k_most_listed = 12;
  std::vector<std::string> names;
  std::vector<std::string> listed;
  std::vector<yaml::NodeId> keys;
  if (document.node(search.map).kind == yaml::NodeKind::map) {
    for (const yaml::Document::Entry& entry : document.entries(search.map)) {
      const yaml::Node& key = document.node(entry.key);
      if (key.kind == yaml::NodeKind::scalar && names.size() < k_most_listed) {
        names.emplace_back(key.text);
        listed.push_back(shown(key.text));
        keys.push_back(entry.key);
      }
    }
  }
  const auto near = nearest(search.missing, names);
  std::optional<Place> place;
  std::string help =
      "name the section with --section (a path has dots: app.telemetry), or give another file";
  if (!near.empty()) {
    const auto index = std::find(names.begin(), names.end(), near.front()) - names.begin();
    const std::string path = joined_path(search.map_path, near.front());
    place = place_of_key(document, keys[static_cast<std::size_t>(index)], path);
    help = fmt::format("rename it to '{}', or give --section {}", search.missing, path);
  }
  const std::string where =
      search.map_path.empty() ? std::string("at the top") : "under " + search.map_path;
  issues.push_back({IssueKind::missing_section, std::move(place),
                    fmt::format("no section {}; the keys {} are {}", shown(name), where,
                                listed.empty() ? "none" : join(listed, ", ")),
                    std::move(help)});
}

void report_wrong_kind(const yaml::Document& document, const Found& found, const std::string& name,
                       std::vector<Issue>& issues) {
  const yaml::Node& node = document.node(found.value);
  const bool is_top = found.key == yaml::k_no_node;
  issues.push_back({IssueKind::wrong_kind,
                    place_of(document, found.key, found.value, is_top ? std::string() : name),
                    is_top
                        ? fmt::format("expected a map at the top, found {}", kind_words(node))
                        : fmt::format("section {} is {}, not a map", shown(name), kind_words(node)),
                    node.kind == yaml::NodeKind::sequence ? "remove the dashes in front of its keys"
                                                          : "indent its keys under it"});
}

}  // namespace

bool holds_section(const yaml::Document& document, const std::string& name) {
  if (document.root() == yaml::k_no_node) {
    return false;
  }
  const yaml::NodeId root = document.resolve(document.root());
  return document.node(root).kind == yaml::NodeKind::map &&
         find_section(document, name).found.value != yaml::k_no_node;
}

std::optional<LocatedSection> locate_section(const yaml::Document& document,
                                             const std::string& name, std::vector<Issue>& issues) {
  if (document.root() == yaml::k_no_node ||
      document.node(document.root()).kind == yaml::NodeKind::null) {
    issues.push_back({IssueKind::missing_section, std::nullopt,
                      fmt::format("no section {}: the file is empty", shown(name)),
                      "give a file that holds it"});
    return std::nullopt;
  }
  Found found{yaml::k_no_node, document.resolve(document.root())};
  const bool is_map = document.node(found.value).kind == yaml::NodeKind::map;
  if (is_map && name != "-") {
    const Search search = find_section(document, name);
    if (search.found.value == yaml::k_no_node) {
      report_missing(document, name, search, issues);
      return std::nullopt;
    }
    found = search.found;
  }
  if (document.node(found.value).kind != yaml::NodeKind::map) {
    report_wrong_kind(document, found, name, issues);
    return std::nullopt;
  }
  return LocatedSection{found.key, found.value,
                        found.key == yaml::k_no_node ? std::string() : name};
}

}  // namespace otelctl::config
