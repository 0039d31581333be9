// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "config/rules.hpp"
#include "report/findings.hpp"

namespace otelctl::report {
namespace {

using config::FileReport;
using config::Finding;
using config::Rule;
using config::Severity;

constexpr std::string_view k_schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      break;
  }
  return "note";
}

// RFC 3986: everything but the unreserved characters and '/' is percent-encoded; ':' too, so that
// no first segment looks like a scheme.
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view k_kept =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string uri;
  for (const char c : path) {
    if (k_kept.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string uri_of(std::string_view name, std::string_view folder) {
  if (!folder.empty() && name.starts_with(folder) && name.substr(folder.size()).starts_with('/')) {
    name.remove_prefix(folder.size());
    name.remove_prefix(std::min(name.find_first_not_of('/'), name.size()));
  }
  while (name.starts_with("./")) {
    name.remove_prefix(2);
  }
  return (name.starts_with('/') ? "file://" : "") + percent_encoded(name);
}

class SarifWriter {
 public:
  SarifWriter(std::ostream& out, const FindingsOptions& options)
      : m_json(out), m_options(options) {}

  void write(const Findings& files) {
    collect_rules(files);
    m_json.begin_object().member("$schema", k_schema).member("version", "2.1.0");
    m_json.key("runs").begin_array().begin_object();
    write_tool();
    m_json.key("invocations").begin_array().begin_object();
    m_json.member("executionSuccessful", true).end_object().end_array();
    write_artifacts(files);
    m_json.member("columnKind", "unicodeCodePoints");
    m_json.key("results").begin_array();
    for (const FileReport& file : files) {
      // How often a code has been found at a key of this file.
      std::map<std::string, std::uint64_t, std::less<>> seen;
      ShownEdits edits(file);
      for (const Finding& finding : file.findings) {
        const std::string what = fmt::format("{}:{}", finding.code, finding.place.path);
        write_result(file, finding, fmt::format("{}:{}", what, ++seen[what]), edits.of(finding));
      }
    }
    m_json.end_array().end_object().end_array().end_object();
  }

 private:
  void collect_rules(const Findings& files) {
    for (const FileReport& file : files) {
      for (const Finding& finding : file.findings) {
        m_indices.emplace(finding.code, 0);
      }
    }
    std::uint64_t index = 0;
    for (auto& [code, place] : m_indices) {
      place = index++;
    }
  }

  void write_tool() {
    m_json.key("tool").begin_object().key("driver").begin_object();
    m_json.member("name", "otelctl").member("version", m_options.version);
    m_json.key("rules").begin_array();
    for (const auto& [code, index] : m_indices) {
      if (const Rule* rule = config::find_rule(code)) {
        write_rule(*rule);
      }
    }
    m_json.end_array().end_object().end_object();
  }

  void write_rule(const Rule& rule) {
    m_json.begin_object().member("id", rule.code).member("name", rule.name);
    write_text("shortDescription", rule.summary);
    write_text("fullDescription", rule.rationale);
    m_json.key("help").begin_object();
    m_json.member(
        "text", fmt::format("{}\n\nBad:\n\n{}\nGood:\n\n{}", rule.rationale, rule.bad, rule.good));
    m_json.member("markdown", fmt::format("{}\n\nBad:\n\n```\n{}```\n\nGood:\n\n```\n{}```\n",
                                          rule.rationale, rule.bad, rule.good));
    m_json.end_object();
    m_json.key("defaultConfiguration").begin_object();
    m_json.member("level", level_of(rule.severity)).end_object().end_object();
  }

  void write_text(std::string_view name, std::string_view text) {
    m_json.key(name).begin_object().member("text", text).end_object();
  }

  void write_artifacts(const Findings& files) {
    m_json.key("artifacts").begin_array();
    for (const FileReport& file : files) {
      if (is_file(file)) {
        m_json.begin_object().key("location").begin_object();
        m_json.member("uri", uri_of(file.name, m_options.folder)).end_object();
        m_json.key("roles").begin_array().value("analysisTarget").end_array().end_object();
      }
    }
    m_json.end_array();
  }

  void write_result(const FileReport& file, const Finding& finding, std::string_view fingerprint,
                    const std::vector<config::Edit>& edits) {
    m_json.begin_object().member("ruleId", finding.code);
    m_json.member("ruleIndex", m_indices.find(finding.code)->second);
    m_json.member("level", level_of(finding.severity));
    const std::string_view middle = finding.help.empty() ? "" : "\nhelp: ";
    write_text("message", fmt::format("{}{}{}", finding.message, middle, finding.help));
    write_locations(file, finding);
    m_json.key("partialFingerprints").begin_object();
    m_json.member("otelctl/v1", fingerprint).end_object();
    write_fixes(file, finding, edits);
    m_json.end_object();
  }

  void write_locations(const FileReport& file, const Finding& finding) {
    if (!is_file(file) && !finding.has_place) {
      return;
    }
    m_json.key("locations").begin_array().begin_object();
    m_json.key("physicalLocation").begin_object();
    write_artifact(file);
    if (finding.has_place) {
      write_region("region", {finding.line, finding.column},
                   {finding.end_line, finding.end_column});
    }
    m_json.end_object();
    if (!finding.place.path.empty()) {
      m_json.key("logicalLocations").begin_array().begin_object();
      m_json.member("fullyQualifiedName", finding.place.path).member("kind", "member");
      m_json.end_object().end_array();
    }
    m_json.end_object().end_array();
    write_related(file, finding);
  }

  void write_related(const FileReport& file, const Finding& finding) {
    if (finding.related.empty()) {
      return;
    }
    m_json.key("relatedLocations").begin_array();
    for (const config::Related& related : finding.related) {
      m_json.begin_object();
      write_text("message", related.label);
      m_json.key("physicalLocation").begin_object();
      write_artifact(file);
      write_region("region", file.document.position(related.place.begin),
                   file.document.position(related.place.end));
      m_json.end_object().end_object();
    }
    m_json.end_array();
  }

  void write_fixes(const FileReport& file, const Finding& finding,
                   const std::vector<config::Edit>& edits) {
    if (edits.empty()) {
      return;
    }
    m_json.key("fixes").begin_array().begin_object();
    write_text("description", finding.help.empty() ? finding.message : finding.help);
    m_json.key("artifactChanges").begin_array().begin_object();
    write_artifact(file);
    m_json.key("replacements").begin_array();
    for (const config::Edit& edit : edits) {
      m_json.begin_object();
      write_region("deletedRegion", file.document.position(edit.begin),
                   file.document.position(edit.end));
      write_text("insertedContent", edit.text);
      m_json.end_object();
    }
    m_json.end_array().end_object().end_array().end_object().end_array();
  }

  void write_region(std::string_view name, yaml::Position begin, yaml::Position end) {
    m_json.key(name).begin_object();
    m_json.member("startLine", std::uint64_t{begin.line});
    m_json.member("startColumn", std::uint64_t{begin.column});
    m_json.member("endLine", std::uint64_t{end.line});
    m_json.member("endColumn", std::uint64_t{end.column}).end_object();
  }

  void write_artifact(const FileReport& file) {
    m_json.key("artifactLocation").begin_object();
    if (is_file(file)) {
      m_json.member("uri", uri_of(file.name, m_options.folder));
    } else {
      write_text("description", file.name);
    }
    m_json.end_object();
  }

  JsonWriter m_json;
  const FindingsOptions& m_options;
  // The rules that found something, by code, each with its index in `rules`.
  std::map<std::string_view, std::uint64_t, std::less<>> m_indices;
};

}  // namespace

void write_findings_sarif(std::ostream& out, const Findings& files,
                          const FindingsOptions& options) {
  SarifWriter(out, options).write(files);
}

}  // namespace otelctl::report
