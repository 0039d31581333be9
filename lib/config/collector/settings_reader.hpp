// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/collector/collector.hpp"
#include "config/collector/schema.hpp"
#include "config/issue.hpp"
#include "config/references.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::collector {

// A hostile file could fill the memory with issues that nobody reads.
inline constexpr std::size_t k_most_issues = 20000;

// Reads maps whose keys are known, and notes what the Collector would refuse in them: unknown keys
// and values of another type than the field's. It converts nothing: "8" is not 8, yes is not true.
class SettingsReader {
 public:
  // `references` must not report: what is wrong with references is found elsewhere.
  SettingsReader(const yaml::Document& document, References& references,
                 const CollectorVersion& version, std::vector<Issue>& issues)
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
  struct Case {
    const Field& field;
    yaml::NodeId node;
    const Place& place;
    const Value& value;
  };

  void read_map(const Pending& map, Settings& settings);
  void read_field(const Field& field, const yaml::Document::Entry& entry, const Pending& map,
                  const std::string& path, Settings& settings);
  void read_items(const Field& field, yaml::NodeId list, const std::string& relative,
                  const std::string& path, Settings& settings);
  void read_headers(const Field& field, yaml::NodeId node, const std::string& relative,
                    const std::string& path, Settings& settings);
  bool check(const Case& judged);
  bool check_collection(const Case& judged);
  bool check_number(const Case& judged);
  bool check_text(const Case& judged);
  bool check_duration(const Case& judged);
  void report_unknown(const Pending& map, const yaml::Document::Entry& entry,
                      std::string_view name);
  // Always false: the value cannot be used.
  bool wrong_type(const Case& judged, std::string_view wanted, std::string help);
  std::vector<Edit> replacement(yaml::NodeId node, std::string text) const;
  std::vector<Edit> quoted(yaml::NodeId node) const;
  std::string shown_value(const Case& judged) const;
  void add(IssueKind kind, const Place& place, std::string message, std::string help,
           std::vector<Edit> edits = {});

  const yaml::Document& m_document;
  References& m_references;
  const CollectorVersion& m_version;
  std::vector<Issue>& m_issues;
  std::vector<Pending> m_pending;
  std::string m_owner;
  std::string_view m_section;
  std::string_view m_type;
};

}  // namespace otelctl::config::collector
