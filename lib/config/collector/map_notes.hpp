// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/collector/issues.hpp"
#include "config/collector/value.hpp"
#include "config/references.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::collector {

// What the readers of a Collector file share: looking at maps whose keys are known, and noting what
// is no such map.
class MapNotes {
 public:
  // `silent` must not report: what is wrong with references is found elsewhere.
  MapNotes(const yaml::Document& document, References& silent, Issues& issues)
      : m_document(document), m_silent(silent), m_issues(issues) {}

  const yaml::Document& document() const { return m_document; }
  Issues& issues() { return m_issues; }

  Value value(yaml::NodeId node);
  // The key's text; nothing where it is none.
  std::optional<std::string_view> name_of_key(yaml::NodeId key, const std::string& path);
  // `where` is for the message: "a pipeline".
  void report_unknown(yaml::NodeId key, std::string_view name, std::string_view where,
                      std::string path, const std::vector<std::string>& known);
  // Whether there is a map to read; `is_complete` becomes false where a variable holds it, and
  // where something else stands there.
  bool is_map(std::string_view name, const yaml::Document::Entry& entry, const std::string& path,
              bool& is_complete);

 private:
  const yaml::Document& m_document;
  References& m_silent;
  Issues& m_issues;
};

}  // namespace otelctl::config::collector
