// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/section.hpp"

#include <string_view>
#include <utility>

#include "base/file.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "settings/file_values.hpp"
#include "settings/sdk_file.hpp"
#include "yaml/parse.hpp"

namespace otelctl::settings {
namespace {

// A hand-written configuration; the validator takes larger ones.
constexpr std::uint64_t k_max_file_bytes = std::uint64_t{4} * 1024 * 1024;

class SectionReader {
 public:
  SectionReader(const yaml::Document& document, const std::string& path,
                const Environment& environment)
      : m_document(document), m_values(document, path, environment, SubstitutionDialect::section) {}

  bool has(const std::string& name) const { return find(name) != yaml::k_no_node; }

  Result<OtlpSection> read(const std::string& name) {
    const auto section = find_section(name);
    if (!section) {
      return fail(section.error());
    }
    read_whole(*section);
    if (m_values.error) {
      return fail(std::move(*m_values.error));
    }
    m_result.notes = std::move(m_values.notes);
    return std::move(m_result);
  }

 private:
  // A name with dots is a path ("app.telemetry").
  yaml::NodeId find(const std::string& name) const {
    const yaml::NodeId root = m_document.root();
    yaml::NodeId found = m_values.child(root, name);
    if (found == yaml::k_no_node) {
      found = root;
      for (const std::string_view part : split(name, '.')) {
        found = m_values.child(found, part);
      }
    }
    return found;
  }

  Result<yaml::NodeId> find_section(const std::string& name) const {
    const yaml::NodeId root = m_document.root();
    if (!m_values.is_map(root)) {
      return fail(ErrorKind::settings, m_values.path() + ": holds no map at the top",
                  "give the application's YAML file");
    }
    const yaml::NodeId found = find(name);
    if (found == yaml::k_no_node) {
      return fail(ErrorKind::settings,
                  m_values.path() + ": has no section '" + escape_for_terminal(name) + "'",
                  section_hint(root, name));
    }
    if (!m_values.is_map(found)) {
      return fail(
          ErrorKind::settings,
          m_values.place(found) + ": the section '" + escape_for_terminal(name) + "' is not a map",
          "indent its keys under it");
    }
    return found;
  }

  std::string section_hint(yaml::NodeId root, const std::string& name) const {
    std::vector<std::string> keys;
    for (const auto& entry : m_document.entries(root)) {
      keys.emplace_back(m_document.node(entry.key).text);
    }
    const std::string near = did_you_mean(name, keys);
    return near.empty() ? "--section NAME names the one to read" : near;
  }

  void read_whole(yaml::NodeId section) {
    m_result.service_name = m_values.value(section, "service_name");
    m_result.service_version = m_values.value(section, "service_version");
    m_result.resource_attributes = m_values.pairs(section, "resource_attributes");
    const yaml::NodeId otlp = m_values.child(m_values.child(section, "exporters"), "otlp");
    if (otlp == yaml::k_no_node) {
      m_values.notes.push_back(m_values.path() +
                               " has no exporters.otlp: only its service is used");
      return;
    }
    m_result.endpoint = m_values.value(otlp, "endpoint");
    m_result.compression = m_values.value(otlp, "compression");
    m_result.timeout_ms = m_values.value(otlp, "timeout_ms");
    m_result.headers = m_values.pairs(otlp, "headers");
    for (const auto& [map, what] : {std::pair{section, "the section"}, {otlp, "exporters.otlp"}}) {
      const auto enabled = m_values.value(map, "enabled");
      if (enabled && equals_ignoring_case(enabled->text, "false")) {
        m_values.notes.push_back(enabled->origin + ": " + what +
                                 " is not enabled: the application itself does not use it");
      }
    }
  }

  const yaml::Document& m_document;
  FileValues m_values;
  OtlpSection m_result;
};

}  // namespace

Result<OtlpSection> read_otlp_section(const std::string& path, const std::string& section,
                                      const Environment& environment, Signal signal) {
  auto bytes = read_file(path, k_max_file_bytes);
  if (!bytes) {
    return fail(std::move(bytes.error()).within("--config"));
  }
  const yaml::Parsed parsed = yaml::parse(std::move(*bytes));
  if (!parsed.is_whole) {
    const std::string place = escape_for_terminal(path);
    if (parsed.problems.empty()) {
      return fail(ErrorKind::settings, place + ": is not YAML");
    }
    const yaml::Problem& first = parsed.problems.front();
    return fail(ErrorKind::settings,
                place + ":" + std::to_string(parsed.document.position(first.begin).line) + ": " +
                    first.message,
                first.help);
  }
  SectionReader reader(parsed.document, path, environment);
  return is_sdk_file(parsed.document) && !reader.has(section)
             ? read_sdk_file(parsed.document, path, environment, signal)
             : reader.read(section);
}

}  // namespace otelctl::settings
