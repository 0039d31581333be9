// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/result.hpp"
#include "base/substitution.hpp"
#include "settings/section.hpp"
#include "yaml/document.hpp"

namespace otelctl::settings {

// Takes single values out of a YAML file, references replaced. Remembers the first thing that is
// wrong, so that a reader can go on and ask once at its end.
class FileValues {
 public:
  FileValues(const yaml::Document& document, const std::string& path,
             const Environment& environment, SubstitutionDialect dialect);

  bool is_map(yaml::NodeId id) const;
  // The value of a key, aliases followed; of a key given twice the last, as YAML libraries do.
  // k_no_node for a key that is missing, and for what is no map.
  yaml::NodeId child(yaml::NodeId map, std::string_view key) const;
  // The items of a list, aliases followed; none for what is no list.
  std::vector<yaml::NodeId> items(yaml::NodeId list) const;
  // "FILE:LINE"
  std::string place(yaml::NodeId id) const;

  // Nothing for a key that is missing or null.
  std::optional<SectionValue> value(yaml::NodeId map, std::string_view key);
  // The entries of a map of single values.
  std::vector<SectionPair> pairs(yaml::NodeId map, std::string_view key);

  void complain(yaml::NodeId id, const std::string& problem);

  const yaml::Document& document() const { return m_document; }
  // The file's name, safe to print.
  const std::string& path() const { return m_path; }
  std::vector<std::string> notes = {};
  std::optional<Error> error = std::nullopt;

 private:
  std::optional<SectionValue> scalar(yaml::NodeId id, std::string_view key);

  const yaml::Document& m_document;
  std::string m_path;
  const Environment& m_environment;
  SubstitutionDialect m_dialect;
};

}  // namespace otelctl::settings
