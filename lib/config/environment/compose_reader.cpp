// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/compose_reader.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/known_names.hpp"
#include "config/environment/yaml_variables.hpp"
#include "config/places.hpp"
#include "config/words.hpp"
#include "settings/interpolation.hpp"

namespace otelctl::config {
namespace {

// Reads the `environment` of one service.
class ServiceReader {
 public:
  ServiceReader(const yaml::Document& document, const ValidateOptions& options,
                std::vector<Issue>& issues, std::string path)
      : m_document(document), m_options(options), m_issues(issues), m_path(std::move(path)) {}

  VariableSet read(yaml::NodeId service) {
    if (value_of(m_document, service, "env_file") != yaml::k_no_node ||
        value_of(m_document, service, "extends") != yaml::k_no_node) {
      m_set.set_open();
    }
    const std::string_view network =
        text_of(m_document, value_of(m_document, service, "network_mode"));
    if (network.empty() || network == "bridge") {
      m_set.set_alone();
    }
    const yaml::NodeId environment = value_of(m_document, service, "environment");
    if (is_map(m_document, environment)) {
      for (const yaml::Document::Entry& entry : m_document.entries(environment)) {
        read_entry(entry);
      }
    } else if (is_sequence(m_document, environment)) {
      for (const yaml::NodeId item : m_document.children(environment)) {
        read_item(m_document.resolve(item));
      }
    }
    return std::move(m_set);
  }

 private:
  void read_entry(const yaml::Document::Entry& entry) {
    Assignment assignment;
    assignment.item.name = std::string(text_of(m_document, entry.key));
    assignment.item.place =
        place_of(m_document, entry.key, entry.value, joined_path(m_path, assignment.name()));
    const yaml::Node& value = m_document.node(entry.value);
    if (value.kind == yaml::NodeKind::map || value.kind == yaml::NodeKind::sequence) {
      add_wrong_kind(assignment.name(), assignment.item.place, entry.value,
                     "write one value of text");
      return;
    }
    if (value.kind == yaml::NodeKind::null) {
      pass_through(assignment);
    } else {
      assignment.is_quoted = !value.is_plain();
      set_value(assignment, value.text, verbatim_begin(m_document, entry.value));
      add_lines(assignment, value.parent, value);
    }
    m_set.add(std::move(assignment));
  }

  void read_item(yaml::NodeId id) {
    const yaml::Node& node = m_document.node(id);
    if (node.kind == yaml::NodeKind::map) {
      for (const yaml::Document::Entry& entry : m_document.entries(id)) {
        add_wrong_kind(text_of(m_document, entry.key), place_of_key(m_document, entry.key, m_path),
                       id, "in a list write NAME=VALUE, or leave out the '-'");
      }
      return;
    }
    if (node.kind != yaml::NodeKind::scalar) {
      return;
    }
    Assignment assignment;
    const std::size_t equals = node.text.find('=');
    assignment.item.name = std::string(node.text.substr(0, equals));
    assignment.is_quoted = !node.is_plain();
    Place& place = assignment.item.place;
    place = place_of(m_document, yaml::k_no_node, id, joined_path(m_path, assignment.name()));
    place.key_begin = place.begin;
    place.key_end = place.end;
    const auto begin = verbatim_begin(m_document, id);
    if (begin) {
      place.key_begin = *begin;
      place.key_end = *begin + assignment.name().size();
      place.begin = place.key_begin;
      place.end = *begin + node.text.size();
    }
    if (equals == std::string_view::npos) {
      pass_through(assignment);
    } else {
      const std::string_view value = node.text.substr(equals + 1);
      if (begin && !value.empty()) {
        place.begin = *begin + equals + 1;
      }
      set_value(assignment, value, begin ? std::optional(*begin + equals + 1) : std::nullopt);
      add_lines(assignment, node.parent, node);
    }
    m_set.add(std::move(assignment));
  }

  // A name alone takes the value of the shell that starts compose.
  void pass_through(Assignment& assignment) const {
    if (const auto value = m_options.environment.get(assignment.name())) {
      assignment.item.text = to_valid_utf8(*value);
      assignment.item.is_readable = true;
      assignment.item.is_from_variable = true;
    }
  }

  void set_value(Assignment& assignment, std::string_view text, std::optional<std::size_t> begin) {
    Item& item = assignment.item;
    settings::Interpolation value = settings::interpolate(
        text, [&](std::string_view name) { return m_options.environment.get(name); });
    item.text = to_valid_utf8(value.text);
    item.is_readable = value.is_known;
    item.is_from_variable = value.has_reference;
    if (item.text == text) {
      item.text_begin = begin;
    }
    if (!is_telemetry_name(assignment.name())) {
      return;
    }
    for (const settings::Interpolation::Unset& unset : value.unset) {
      if (m_options.reports_unset) {
        m_issues.push_back({IssueKind::unset_variable,
                            part(item.place, begin, unset.begin, unset.end),
                            fmt::format("variable {} is not set", unset.name),
                            fmt::format("set it, or write ${{{}:-default}}", unset.name)});
      }
    }
    for (const std::size_t dollar : value.malformed) {
      m_issues.push_back({IssueKind::malformed_reference,
                          part(item.place, begin, dollar, dollar + 1),
                          "'$' begins no reference to a variable: docker compose refuses the file",
                          "write ${NAME}, or $$ for a dollar sign"});
    }
  }

  static Place part(const Place& whole, std::optional<std::size_t> begin, std::size_t from,
                    std::size_t to) {
    Place place = whole;
    if (begin) {
      place.begin = *begin + from;
      place.end = *begin + to;
    }
    return place;
  }

  void add_wrong_kind(std::string_view name, const Place& place, yaml::NodeId value,
                      std::string help) {
    if (is_telemetry_name(name)) {
      m_issues.push_back(
          {IssueKind::wrong_kind, place,
           fmt::format("{} is {}: docker compose takes text only", escape_for_terminal(name),
                       kind_words(m_document.node(value))),
           std::move(help)});
    }
  }

  // The lines of an entry of a block collection that has more entries.
  void add_lines(Assignment& assignment, yaml::NodeId parent, const yaml::Node& value) const {
    if (parent == yaml::k_no_node || m_document.node(parent).style != yaml::Style::block ||
        m_document.node(parent).child_count < 2) {
      return;
    }
    const std::string_view source = m_document.source();
    const std::size_t before = source.rfind('\n', assignment.item.place.key_begin);
    const std::size_t after = source.find('\n', value.end);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::string_view front = source.substr(begin, assignment.item.place.key_begin - begin);
    if (front.find_first_not_of(" -\"'") == std::string_view::npos) {
      assignment.lines_begin = begin;
      assignment.lines_end = after == std::string_view::npos ? source.size() : after + 1;
    }
  }

  const yaml::Document& m_document;
  const ValidateOptions& m_options;
  std::vector<Issue>& m_issues;
  std::string m_path;
  VariableSet m_set{VariableSet::Host::compose};
};

}  // namespace

std::vector<VariableSet> read_compose_sets(const yaml::Document& document,
                                           const ValidateOptions& options,
                                           std::vector<Issue>& issues) {
  std::vector<VariableSet> sets;
  const yaml::NodeId services = value_of(document, document.resolve(document.root()), "services");
  if (!is_map(document, services)) {
    return sets;
  }
  for (const yaml::Document::Entry& service : document.entries(services)) {
    const std::string name = escape_for_terminal(text_of(document, service.key));
    ServiceReader reader(document, options, issues,
                         joined_path(joined_path("services", name), "environment"));
    sets.push_back(reader.read(service.value));
  }
  return sets;
}

}  // namespace otelctl::config
