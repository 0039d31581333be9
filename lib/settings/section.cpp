// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/section.hpp"

#include <string_view>
#include <utility>

#include "base/file.hpp"
#include "base/substitution.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "yaml/parse.hpp"

namespace otelctl::settings {
namespace {

// A hand-written configuration; the validator takes larger ones.
constexpr std::uint64_t k_max_file_bytes = std::uint64_t{4} * 1024 * 1024;

class SectionReader {
 public:
  SectionReader(const yaml::Document& document, const std::string& path,
                const Environment& environment)
      : m_document(document), m_path(escape_for_terminal(path)), m_environment(environment) {}

  Result<OtlpSection> read(const std::string& name) {
    const auto section = find_section(name);
    if (!section) {
      return fail(section.error());
    }
    read_whole(*section);
    if (m_error) {
      return fail(std::move(*m_error));
    }
    return std::move(m_result);
  }

 private:
  bool is_map(yaml::NodeId id) const {
    return id != yaml::k_no_node && m_document.node(id).kind == yaml::NodeKind::map;
  }

  // The value of a key, aliases followed; of a key given twice the last, as YAML libraries do.
  yaml::NodeId child(yaml::NodeId map, std::string_view key) const {
    yaml::NodeId found = yaml::k_no_node;
    if (is_map(map)) {
      for (const auto& entry : m_document.entries(map)) {
        if (m_document.node(entry.key).text == key) {
          found = entry.value;
        }
      }
    }
    return found;
  }

  std::string place(yaml::NodeId id) const {
    return m_path + ":" + std::to_string(m_document.position(m_document.node(id).begin).line);
  }

  // A name with dots is a path ("app.telemetry").
  Result<yaml::NodeId> find_section(const std::string& name) const {
    const yaml::NodeId root = m_document.root();
    if (!is_map(root)) {
      return fail(ErrorKind::settings, m_path + ": holds no map at the top",
                  "give the application's YAML file");
    }
    yaml::NodeId found = child(root, name);
    if (found == yaml::k_no_node) {
      found = root;
      for (const std::string_view part : split(name, '.')) {
        found = child(found, part);
      }
    }
    if (found == yaml::k_no_node) {
      return fail(ErrorKind::settings,
                  m_path + ": has no section '" + escape_for_terminal(name) + "'",
                  section_hint(root, name));
    }
    if (!is_map(found)) {
      return fail(ErrorKind::settings,
                  place(found) + ": the section '" + escape_for_terminal(name) + "' is not a map",
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
    m_result.service_name = value(section, "service_name");
    m_result.service_version = value(section, "service_version");
    m_result.resource_attributes = pairs(section, "resource_attributes");
    const yaml::NodeId otlp = child(child(section, "exporters"), "otlp");
    if (otlp == yaml::k_no_node) {
      m_result.notes.push_back(m_path + " has no exporters.otlp: only its service is used");
      return;
    }
    m_result.endpoint = value(otlp, "endpoint");
    m_result.compression = value(otlp, "compression");
    m_result.timeout_ms = value(otlp, "timeout_ms");
    m_result.headers = pairs(otlp, "headers");
    for (const auto& [map, what] : {std::pair{section, "the section"}, {otlp, "exporters.otlp"}}) {
      const auto enabled = value(map, "enabled");
      if (enabled && equals_ignoring_case(enabled->text, "false")) {
        m_result.notes.push_back(enabled->origin + ": " + what +
                                 " is not enabled: the application itself does not use it");
      }
    }
  }

  // Nothing for a key that is missing or null; remembers the first error.
  std::optional<SectionValue> value(yaml::NodeId map, std::string_view key) {
    const yaml::NodeId id = child(map, key);
    return id == yaml::k_no_node ? std::nullopt : scalar(id, key);
  }

  std::optional<SectionValue> scalar(yaml::NodeId id, std::string_view key) {
    const yaml::Node& node = m_document.node(id);
    if (node.kind == yaml::NodeKind::null) {
      return std::nullopt;
    }
    if (node.kind != yaml::NodeKind::scalar) {
      complain(id, std::string(key) + " is not a single value");
      return std::nullopt;
    }
    Substitution substitution = substitute(node.text, m_environment, SubstitutionDialect::section);
    for (const SubstitutionProblem& problem : substitution.problems) {
      if (problem.kind == SubstitutionProblemKind::unset) {
        m_result.notes.push_back(place(id) + ": ${" + escape_for_terminal(problem.name) +
                                 "} is not set and stands for nothing");
      } else if (problem.kind != SubstitutionProblemKind::naked) {
        complain(id, std::string(key) + " holds a ${} reference that cannot be read");
      }
    }
    return SectionValue{std::move(substitution.text), place(id)};
  }

  std::vector<SectionPair> pairs(yaml::NodeId map, std::string_view key) {
    std::vector<SectionPair> found;
    const yaml::NodeId id = child(map, key);
    if (id == yaml::k_no_node || m_document.node(id).kind == yaml::NodeKind::null) {
      return found;
    }
    if (!is_map(id)) {
      complain(id, std::string(key) + " is not a map");
      return found;
    }
    for (const auto& entry : m_document.entries(id)) {
      const std::string name(m_document.node(entry.key).text);
      if (auto text = scalar(entry.value, name)) {
        found.push_back({name, std::move(*text)});
      }
    }
    return found;
  }

  void complain(yaml::NodeId id, std::string problem) {
    if (!m_error) {
      m_error = Error{ErrorKind::settings, place(id) + ": " + escape_for_terminal(problem),
                      "otelctl config validate " + m_path + " shows it in its place"};
    }
  }

  const yaml::Document& m_document;
  std::string m_path;
  const Environment& m_environment;
  OtlpSection m_result;
  std::optional<Error> m_error;
};

}  // namespace

Result<OtlpSection> read_otlp_section(const std::string& path, const std::string& section,
                                      const Environment& environment) {
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
  return SectionReader(parsed.document, path, environment).read(section);
}

}  // namespace otelctl::settings
