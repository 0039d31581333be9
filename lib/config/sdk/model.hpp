// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/signal.hpp"
#include "config/issue.hpp"
#include "config/schema/check.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::sdk {

// One value of the file with what the schema says about it; an index into the model.
using Part = std::uint32_t;

// A file of the SDK's declarative configuration, seen through its schema: each value is known by
// the definition that it was held to ("OtlpHttpExporter", "BatchSpanProcessor"), wherever it
// stands. What breaks the schema, and what is wrong with references, has become issues; what is
// here may still be of any type.
class Model {
 public:
  // `document` and `environment` must outlive the model; the document has a root.
  static Model read(const yaml::Document& document, const Environment& environment,
                    bool reports_unset, std::vector<Issue>& issues);

  const yaml::Document& document() const { return *m_document; }
  Part root() const { return 0; }
  std::size_t size() const { return m_checked.visits.size(); }

  // Every part held to the definition of that name, in the order of the file.
  std::vector<Part> all(std::string_view definition) const;
  // The parts that take one of several components by name, own ones among them: exporters,
  // samplers, propagators, ...
  std::vector<Part> extension_points() const;
  const schema::Rules& rules(Part part) const;

  std::vector<Part> children(Part part) const;
  std::optional<Part> child(Part part, std::string_view key) const;
  Part parent(Part part) const { return m_checked.visits[part].parent; }
  // Whose configuration it is: the signal of the provider that it stands under.
  std::optional<Signal> signal_of(Part part) const;

  // Its key; empty for a list's item and for the root.
  std::string_view key(Part part) const;
  const yaml::Node& node(Part part) const;
  yaml::NodeId node_id(Part part) const { return m_checked.visits[part].node; }
  std::string path(Part part) const { return m_checked.path_of(*m_document, part); }
  Place place(Part part) const;
  // The place of its key; of a list's item that of the item.
  Place key_place(Part part) const;

  // Its value after substitution. Not known for a map or a list, and where a variable has no value.
  schema::Value value(Part part) const { return value_of(node_id(part)); }
  // The same of a node that no definition was held against: the items of an attribute's list.
  schema::Value value_of(yaml::NodeId id) const;
  // The same of one of its keys, where it is known and of that type.
  std::optional<std::string> text(Part part, std::string_view key) const;
  std::optional<double> number(Part part, std::string_view key) const;

 private:
  Model(const yaml::Document& document, const Environment& environment)
      : m_document(&document), m_environment(&environment) {}
  void link();

  const yaml::Document* m_document;
  const Environment* m_environment;
  schema::Checked m_checked;
  // By part: its first child and the one behind it; k_none for none.
  std::vector<Part> m_first;
  std::vector<Part> m_next;
};

}  // namespace otelctl::config::sdk
