// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/kubernetes_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/known_names.hpp"
#include "config/environment/yaml_variables.hpp"
#include "config/places.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

// What a plain scalar is to Kubernetes, whose parser knows YAML 1.1; empty for text.
std::string_view type_that_is_refused(const yaml::Node& value) {
  if (value.kind != yaml::NodeKind::scalar || !value.is_plain() || value.tag != 0) {
    return {};
  }
  const yaml::Scalar scalar = yaml::resolve_plain(value.text);
  for (const yaml::ScalarType type : {scalar.legacy, scalar.core}) {
    if (type == yaml::ScalarType::boolean) {
      return "a boolean";
    }
    if (type == yaml::ScalarType::integer || type == yaml::ScalarType::number) {
      return "a number";
    }
  }
  return {};
}

// Reads the variables of one container or ConfigMap.
class SetReader {
 public:
  SetReader(const yaml::Document& document, std::size_t& left_to_insert, std::vector<Issue>& issues)
      : m_document(document), m_left_to_insert(left_to_insert), m_issues(issues) {}

  VariableSet read_list(yaml::NodeId list, const std::string& path) {
    if (is_sequence(m_document, list)) {
      std::size_t index = 0;
      for (const yaml::NodeId item : m_document.children(list)) {
        read_entry(m_document.resolve(item), fmt::format("{}[{}]", path, index++));
      }
    }
    return std::move(m_set);
  }

  VariableSet read_map(yaml::NodeId map, const std::string& path) {
    m_set.set_open();
    if (is_map(m_document, map)) {
      for (const yaml::Document::Entry& entry : m_document.entries(map)) {
        Assignment assignment;
        assignment.item.name = std::string(text_of(m_document, entry.key));
        assignment.item.place =
            place_of(m_document, entry.key, entry.value, joined_path(path, assignment.name()));
        set_value(assignment, entry.value);
        m_set.add(std::move(assignment));
      }
    }
    return std::move(m_set);
  }

  VariableSet& set() { return m_set; }

 private:
  void read_entry(yaml::NodeId entry, const std::string& path) {
    const yaml::NodeId name = value_of(m_document, entry, "name");
    const yaml::NodeId value = value_of(m_document, entry, "value");
    if (!is_scalar(m_document, name)) {
      return;
    }
    Assignment assignment;
    assignment.item.name = std::string(text_of(m_document, name));
    if (value == yaml::k_no_node) {
      assignment.item.place = place_of_key(m_document, name, path + ".name");
      assignment.item.is_readable = value_of(m_document, entry, "valueFrom") == yaml::k_no_node;
    } else {
      assignment.item.place = place_of(m_document, name, value, path + ".value");
      set_value(assignment, value);
    }
    m_set.add(std::move(assignment));
  }

  void set_value(Assignment& assignment, yaml::NodeId id) {
    const yaml::Node& value = m_document.node(id);
    Item& item = assignment.item;
    item.is_readable = value.kind == yaml::NodeKind::scalar || value.kind == yaml::NodeKind::null;
    if (value.kind == yaml::NodeKind::scalar) {
      assignment.is_quoted = !value.is_plain();
      expand(item, value.text);
      if (item.text == value.text) {
        item.text_begin = verbatim_begin(m_document, id);
      }
    }
    if (is_telemetry_name(item.name)) {
      check_type(item, id);
    }
  }

  void check_type(const Item& item, yaml::NodeId id) {
    const yaml::Node& value = m_document.node(id);
    if (const std::string_view type = type_that_is_refused(value); !type.empty()) {
      m_issues.push_back({IssueKind::wrong_type,
                          item.place,
                          fmt::format("{} is {}: Kubernetes takes text only",
                                      escape_for_terminal(item.name), type),
                          fmt::format("quote it: \"{}\"", value.text),
                          {{value.begin, value.begin, "\""}, {value.end, value.end, "\""}}});
    } else if (value.kind == yaml::NodeKind::map || value.kind == yaml::NodeKind::sequence) {
      m_issues.push_back(
          {IssueKind::wrong_kind, item.place,
           fmt::format("{} is {}: Kubernetes takes text only", escape_for_terminal(item.name),
                       kind_words(m_document.node(id))),
           "write one value of text"});
    }
  }

  // `$(NAME)` is the value of an earlier variable, `$$` a dollar sign; what is not found stays.
  void expand(Item& item, std::string_view text) {
    const std::size_t last_close = text.rfind(')');
    std::size_t offset = 0;
    while (offset < text.size()) {
      const std::size_t dollar = std::min(text.find('$', offset), text.size());
      item.text += text.substr(offset, dollar - offset);
      const std::string_view rest = text.substr(dollar);
      const bool is_closed =
          rest.starts_with("$(") && last_close != std::string_view::npos && last_close > dollar;
      const std::size_t close = is_closed ? rest.find(')') : std::string_view::npos;
      if (rest.starts_with("$$")) {
        item.text += '$';
        offset = dollar + 2;
      } else if (close != std::string_view::npos) {
        insert(item, rest.substr(2, close - 2), rest.substr(0, close + 1));
        offset = dollar + close + 1;
      } else {
        item.text += rest.substr(0, 1);
        offset = dollar + 1;
      }
    }
  }

  void insert(Item& item, std::string_view name, std::string_view reference) {
    item.is_from_variable = true;
    const Assignment* earlier = m_set.find(name);
    const bool has_room = earlier != nullptr && earlier->value().size() <= m_left_to_insert;
    if (has_room && earlier->item.is_readable) {
      m_left_to_insert -= earlier->value().size();
      item.text += earlier->value();
      return;
    }
    item.is_readable = false;
    item.text += reference;
    if (earlier == nullptr && !m_set.is_open() && is_telemetry_name(item.name)) {
      m_issues.push_back({IssueKind::unset_variable, item.place,
                          fmt::format("variable {} is not set before this one: the text stays as "
                                      "it is",
                                      escape_for_terminal(name)),
                          "define it above in the same list"});
    }
  }

  const yaml::Document& m_document;
  std::size_t& m_left_to_insert;
  std::vector<Issue>& m_issues;
  VariableSet m_set{VariableSet::Host::kubernetes};
};

class ManifestReader {
 public:
  ManifestReader(const yaml::Document& document, std::vector<Issue>& issues)
      : m_document(document), m_issues(issues) {}

  std::vector<VariableSet> run() {
    for (const yaml::NodeId root : m_document.roots()) {
      const yaml::NodeId manifest = m_document.resolve(root);
      const yaml::NodeId items = value_of(m_document, manifest, "items");
      if (!is_sequence(m_document, items)) {
        read_manifest(manifest, "");
        continue;
      }
      std::size_t index = 0;
      for (const yaml::NodeId item : m_document.children(items)) {
        read_manifest(m_document.resolve(item), fmt::format("items[{}].", index++));
      }
    }
    return std::move(m_sets);
  }

 private:
  void read_manifest(yaml::NodeId manifest, const std::string& prefix) {
    const std::string_view kind = text_of(m_document, value_of(m_document, manifest, "kind"));
    if (kind == "ConfigMap") {
      m_sets.push_back(SetReader(m_document, m_left_to_insert, m_issues)
                           .read_map(value_of(m_document, manifest, "data"), prefix + "data"));
      return;
    }
    if (kind == "Instrumentation") {
      SetReader reader(m_document, m_left_to_insert, m_issues);
      reader.set().set_open();
      m_sets.push_back(
          reader.read_list(value_at(m_document, manifest, {"spec", "env"}), prefix + "spec.env"));
      return;
    }
    read_pod(manifest,
             value_at(m_document, manifest, {"spec", "jobTemplate", "spec", "template", "spec"}),
             prefix + "spec.jobTemplate.spec.template.spec");
    read_pod(value_at(m_document, manifest, {"spec", "template"}),
             value_at(m_document, manifest, {"spec", "template", "spec"}),
             prefix + "spec.template.spec");
    read_pod(manifest, value_of(m_document, manifest, "spec"), prefix + "spec");
  }

  void read_pod(yaml::NodeId template_node, yaml::NodeId spec, const std::string& path) {
    const bool is_alone = is_pod_of_one(template_node, spec);
    for (const std::string_view list : {"initContainers", "containers"}) {
      const yaml::NodeId containers = value_of(m_document, spec, list);
      if (!is_sequence(m_document, containers)) {
        continue;
      }
      std::size_t index = 0;
      for (const yaml::NodeId item : m_document.children(containers)) {
        const yaml::NodeId container = m_document.resolve(item);
        SetReader reader(m_document, m_left_to_insert, m_issues);
        if (value_of(m_document, container, "envFrom") != yaml::k_no_node) {
          reader.set().set_open();
        }
        if (is_alone) {
          reader.set().set_alone();
        }
        m_sets.push_back(reader.read_list(value_of(m_document, container, "env"),
                                          fmt::format("{}.{}[{}].env", path, list, index++)));
      }
    }
  }

  // Containers of a pod share "localhost", and so do those that are injected into it.
  bool is_pod_of_one(yaml::NodeId template_node, yaml::NodeId spec) const {
    const yaml::NodeId containers = value_of(m_document, spec, "containers");
    const yaml::NodeId first = value_of(m_document, spec, "initContainers");
    const yaml::NodeId annotations =
        value_at(m_document, template_node, {"metadata", "annotations"});
    const bool has_sidecar =
        value_of(m_document, annotations, "sidecar.opentelemetry.io/inject") != yaml::k_no_node;
    return is_sequence(m_document, containers) && m_document.node(containers).child_count == 1 &&
           first == yaml::k_no_node && !has_sidecar &&
           text_of(m_document, value_of(m_document, spec, "hostNetwork")) != "true";
  }

  const yaml::Document& m_document;
  // Of the values of all variables together, against variables that hold each other many times.
  std::size_t m_left_to_insert = std::size_t{16} << 20U;
  std::vector<Issue>& m_issues;
  std::vector<VariableSet> m_sets;
};

}  // namespace

std::vector<VariableSet> read_kubernetes_sets(const yaml::Document& document,
                                              std::vector<Issue>& issues) {
  return ManifestReader(document, issues).run();
}

}  // namespace otelctl::config
