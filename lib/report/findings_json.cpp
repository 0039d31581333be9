// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"
#include "config/finding.hpp"
#include "report/findings.hpp"

namespace otelctl::report {
namespace {

using config::Severity;

void write_finding(JsonWriter& json, const config::FileReport& file,
                   const config::Finding& finding) {
  json.begin_object().member("file", file.name);
  if (finding.has_place) {
    json.member("line", std::uint64_t{finding.line})
        .member("column", std::uint64_t{finding.column})
        .member("end_line", std::uint64_t{finding.end_line})
        .member("end_column", std::uint64_t{finding.end_column});
  }
  json.member("path", finding.place.path)
      .member("code", finding.code)
      .member("severity", config::name_of(finding.severity))
      .member("message", finding.message)
      .member("help", finding.help)
      .member("fixable", finding.fixable())
      .end_object();
}

std::uint64_t count_fixable(const std::vector<config::FileReport>& files) {
  std::uint64_t total = 0;
  for (const config::FileReport& file : files) {
    for (const config::Finding& finding : file.findings) {
      total += finding.fixable() ? 1U : 0U;
    }
  }
  return total;
}

}  // namespace

void write_findings_json(std::ostream& out, const std::vector<config::FileReport>& files) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.findings/1").key("files").begin_array();
  for (const config::FileReport& file : files) {
    json.begin_object().member("name", file.name).member("kind", config::name_of(file.kind)).end_object();
  }
  json.end_array().key("summary").begin_object();
  json.member("errors", std::uint64_t{count(files, Severity::error)})
      .member("warnings", std::uint64_t{count(files, Severity::warning)})
      .member("infos", std::uint64_t{count(files, Severity::info)})
      .member("fixable", count_fixable(files))
      .end_object();
  json.key("findings").begin_array();
  for (const config::FileReport& file : files) {
    for (const config::Finding& finding : file.findings) {
      write_finding(json, file, finding);
    }
  }
  json.end_array().end_object();
}

}  // namespace otelctl::report
