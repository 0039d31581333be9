// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/model.hpp"

#include <utility>

#include "config/places.hpp"
#include "config/references.hpp"
#include "config/sdk/old_keys.hpp"
#include "config/sdk/published_schema.hpp"
#include "config/sdk/values.hpp"

namespace otelctl::config::sdk {
namespace {

constexpr Part k_none = UINT32_MAX;

IssueKind issue_kind(schema::ViolationKind kind) {
  switch (kind) {
    case schema::ViolationKind::wrong_kind:
      return IssueKind::wrong_kind;
    case schema::ViolationKind::wrong_type:
      return IssueKind::wrong_type;
    case schema::ViolationKind::out_of_range:
      return IssueKind::out_of_range;
    case schema::ViolationKind::not_a_choice:
      return IssueKind::not_a_choice;
    case schema::ViolationKind::unknown_key:
      return IssueKind::unknown_key;
    case schema::ViolationKind::missing_key:
      return IssueKind::missing_key;
    case schema::ViolationKind::wrong_count:
      break;
  }
  return IssueKind::wrong_count;
}

// `${A:-${B}}`, of which the specification makes the text "${B" and a brace.
bool has_nested_reference(std::string_view text) {
  bool is_inside = false;
  bool is_default = false;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const std::string_view pair = text.substr(at, 2);
    if (pair == "${") {
      if (is_inside && is_default) {
        return true;
      }
      is_inside = true;
      is_default = false;
    } else if (pair == ":-") {
      is_default = true;
    } else if (pair.front() == '}') {
      is_inside = false;
    }
  }
  return false;
}

// A setting that is nothing but ${...}: null, and so its default, where the variable has no value.
// Not the value of a header or an attribute, which would be lost.
bool is_optional_reference(const yaml::Document& document, const yaml::Node& node) {
  const bool is_value = node.key != yaml::k_no_node && document.node(node.key).text == "value";
  return node.is_plain() && !is_value && node.text.starts_with("${") &&
         node.text.find('}') == node.text.size() - 1;
}

// Headers: what they are called may be shown, what they say may not.
bool hides_value(const schema::Rules& map, std::string_view key) {
  return key == "headers_list" || (map.name == "NameStringValuePair" && key == "value");
}

void add_issues(std::vector<schema::Violation>&& violations, std::vector<Issue>& issues) {
  for (schema::Violation& violation : violations) {
    Issue issue{issue_kind(violation.kind), std::move(violation.place),
                std::move(violation.message), std::move(violation.help)};
    if (violation.replacement) {
      issue.edits.push_back(
          {issue.place->begin, issue.place->end, std::move(*violation.replacement)});
    }
    issues.push_back(std::move(issue));
  }
}

}  // namespace

Model Model::read(const yaml::Document& document, const Environment& environment,
                  bool reports_unset, std::vector<Issue>& issues) {
  Model model(document, environment);
  References references(document, environment, SubstitutionDialect::sdk, reports_unset, issues);
  // A reference that is all of a value stands for null when it has no value, which is how the
  // specification's own template leaves settings to their defaults.
  References optional(document, environment, SubstitutionDialect::sdk, false, issues);
  const schema::ReadValue read_value = [&](yaml::NodeId id, schema::Types types,
                                           const std::function<Place()>& place) {
    const yaml::Node& node = document.node(id);
    const bool has_reference = node.text.find('$') != std::string_view::npos;
    const bool may_be_null =
        schema::allows(types, schema::Type::null) && is_optional_reference(document, node);
    if (has_reference && has_nested_reference(node.text)) {
      issues.push_back({IssueKind::unclosed_reference, place(),
                        "the default of a reference ends at the first '}', so it cannot hold "
                        "another reference",
                        "write the default out, or set the variable"});
    }
    References& reader = may_be_null ? optional : references;
    return typed(node, reader.resolve(id, has_reference ? place() : Place{}));
  };
  model.m_checked = schema::check(document, document.resolve(document.root()), published_schema(),
                                  {read_value, explain_old_key, hides_value});
  add_issues(std::move(model.m_checked.violations), issues);
  for (std::size_t part = 1; part < model.m_checked.visits.size(); ++part) {
    const yaml::NodeId key = model.m_checked.visits[part].key;
    if (key != yaml::k_no_node && document.node(key).text.find('$') != std::string_view::npos) {
      references.is_in_key(key, model.m_checked.path_of(document, part));
    }
  }
  model.link();
  return model;
}

void Model::link() {
  const std::size_t count = m_checked.visits.size();
  m_first.assign(count, k_none);
  m_next.assign(count, k_none);
  // Backwards, so that each list of children comes out in the order of the file.
  for (std::size_t part = count; part-- > 1;) {
    Part& first = m_first[m_checked.visits[part].parent];
    m_next[part] = first;
    first = static_cast<Part>(part);
  }
}

std::vector<Part> Model::all(std::string_view definition) const {
  std::vector<Part> found;
  for (std::size_t part = 0; part < m_checked.visits.size(); ++part) {
    if (rules(static_cast<Part>(part)).name == definition) {
      found.push_back(static_cast<Part>(part));
    }
  }
  return found;
}

std::vector<Part> Model::extension_points() const {
  std::vector<Part> found;
  for (std::size_t part = 0; part < m_checked.visits.size(); ++part) {
    const schema::Rules& each = rules(static_cast<Part>(part));
    if (each.most_properties == 1 && !each.refuses_others) {
      found.push_back(static_cast<Part>(part));
    }
  }
  return found;
}

const schema::Rules& Model::rules(Part part) const {
  return published_schema().rules(m_checked.visits[part].schema);
}

std::vector<Part> Model::children(Part part) const {
  std::vector<Part> found;
  for (Part each = m_first[part]; each != k_none; each = m_next[each]) {
    found.push_back(each);
  }
  return found;
}

std::optional<Part> Model::child(Part part, std::string_view name) const {
  for (Part each = m_first[part]; each != k_none; each = m_next[each]) {
    if (m_checked.visits[each].key != yaml::k_no_node && key(each) == name) {
      return each;
    }
  }
  return std::nullopt;
}

std::optional<Signal> Model::signal_of(Part part) const {
  Part top = part;
  while (parent(top) != root()) {
    top = parent(top);
  }
  const std::string_view name = key(top);
  return name == "tracer_provider"   ? std::optional(Signal::traces)
         : name == "meter_provider"  ? std::optional(Signal::metrics)
         : name == "logger_provider" ? std::optional(Signal::logs)
                                     : std::nullopt;
}

std::string_view Model::key(Part part) const {
  const yaml::NodeId id = m_checked.visits[part].key;
  return id == yaml::k_no_node ? std::string_view() : m_document->node(id).text;
}

const yaml::Node& Model::node(Part part) const {
  return m_document->node(m_checked.visits[part].node);
}

Place Model::place(Part part) const {
  const schema::Visit& visit = m_checked.visits[part];
  return place_of(*m_document, visit.key, visit.node, path(part));
}

Place Model::key_place(Part part) const {
  const yaml::NodeId key = m_checked.visits[part].key;
  return key == yaml::k_no_node ? place(part) : place_of_key(*m_document, key, path(part));
}

schema::Value Model::value_of(yaml::NodeId id) const {
  const yaml::Node& scalar = m_document->node(id);
  if (scalar.kind != yaml::NodeKind::scalar && scalar.kind != yaml::NodeKind::null) {
    schema::Value unknown;
    unknown.is_known = false;
    return unknown;
  }
  std::vector<Issue> reported_already;
  References references(*m_document, *m_environment, SubstitutionDialect::sdk, false,
                        reported_already);
  return typed(scalar, references.resolve(id, Place{}));
}

std::optional<std::string> Model::text(Part part, std::string_view name) const {
  const auto found = child(part, name);
  if (!found) {
    return std::nullopt;
  }
  schema::Value read = value(*found);
  return read.is_known && read.type == schema::Type::text ? std::optional(std::move(read.text))
                                                          : std::nullopt;
}

std::optional<double> Model::number(Part part, std::string_view name) const {
  const auto found = child(part, name);
  if (!found) {
    return std::nullopt;
  }
  const schema::Value read = value(*found);
  const bool is_number = read.type == schema::Type::integer || read.type == schema::Type::number;
  return read.is_known && is_number ? std::optional(read.number) : std::nullopt;
}

}  // namespace otelctl::config::sdk
