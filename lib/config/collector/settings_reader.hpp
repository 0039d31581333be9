// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/collector/collector.hpp"
#include "config/collector/issues.hpp"
#include "config/collector/schema.hpp"
#include "config/collector/setting_check.hpp"
#include "config/references.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::collector {

// Reads maps whose keys are known, and notes what the Collector would refuse in them: unknown keys
// and values of another type than the field's.
class SettingsReader {
 public:
  // `references` must not report: what is wrong with references is found elsewhere.
  SettingsReader(const yaml::Document& document, References& references,
                 const CollectorVersion& version, Issues& issues)
      : m_document(document), m_references(references), m_version(version), m_issues(issues) {}

  // `owner` is what the map belongs to, for messages ("exporter 'otlp_grpc'"); `path` is the map's
  // in the file, `type` the component's, or "telemetry".
  void read(const Shape& shape, yaml::NodeId map, std::string owner, std::string path,
            std::string_view section, std::string_view type, Settings& settings);

 private:
  struct Pending {
    const Shape* shape;
    yaml::NodeId node;
    std::string relative;
    std::string path;
    bool is_switched;
  };

  void read_map(const Pending& map, Settings& settings);
  void read_field(const Field& field, const yaml::Document::Entry& entry, const Pending& map,
                  const std::string& path, Settings& settings);
  void read_items(const Field& field, yaml::NodeId list, const std::string& relative,
                  const std::string& path, Settings& settings);
  void read_headers(const Field& field, yaml::NodeId node, const std::string& relative,
                    const std::string& path, Settings& settings);
  bool check(const SettingCase& judged);
  void report_unknown(const Pending& map, const yaml::Document::Entry& entry,
                      std::string_view name);

  const yaml::Document& m_document;
  References& m_references;
  const CollectorVersion& m_version;
  Issues& m_issues;
  std::vector<Pending> m_pending;
  std::string m_owner;
  std::string_view m_section;
  std::string_view m_type;
};

}  // namespace otelctl::config::collector
