// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"
#include "config/finding.hpp"
#include "report/findings.hpp"

namespace otelctl::report {
namespace {

using config::Severity;

void write_place(JsonWriter& json, yaml::Position begin, yaml::Position end) {
  json.member("line", std::uint64_t{begin.line})
      .member("column", std::uint64_t{begin.column})
      .member("end_line", std::uint64_t{end.line})
      .member("end_column", std::uint64_t{end.column});
}

void write_edits(JsonWriter& json, const config::FileReport& file,
                 const std::vector<config::Edit>& edits) {
  json.key("edits").begin_array();
  for (const config::Edit& edit : edits) {
    json.begin_object();
    write_place(json, file.document.position(edit.begin), file.document.position(edit.end));
    json.member("text", edit.text).end_object();
  }
  json.end_array();
}

void write_finding(JsonWriter& json, const config::FileReport& file, const config::Finding& finding,
                   const std::vector<config::Edit>& edits) {
  json.begin_object().member("file", file.name);
  if (finding.has_place) {
    write_place(json, {finding.line, finding.column}, {finding.end_line, finding.end_column});
  }
  json.member("path", finding.place.path)
      .member("code", finding.code)
      .member("severity", config::name_of(finding.severity))
      .member("message", finding.message)
      .member("help", finding.help)
      .member("fixable", finding.fixable());
  write_edits(json, file, edits);
  json.end_object();
}

}  // namespace

void write_findings_json(std::ostream& out, const Findings& files,
                         const FindingsOptions& /*options*/) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.findings/1").key("files").begin_array();
  for (const config::FileReport& file : files) {
    json.begin_object().member("name", file.name).member("kind", config::name_of(file.kind));
    json.end_object();
  }
  json.end_array().key("summary").begin_object();
  json.member("errors", std::uint64_t{count(files, Severity::error)})
      .member("warnings", std::uint64_t{count(files, Severity::warning)})
      .member("infos", std::uint64_t{count(files, Severity::info)})
      .member("fixable", std::uint64_t{count_fixable(files)})
      .end_object();
  json.key("findings").begin_array();
  for (const config::FileReport& file : files) {
    ShownEdits edits(file);
    for (const config::Finding& finding : file.findings) {
      write_finding(json, file, finding, edits.of(finding));
    }
  }
  json.end_array().end_object();
}

}  // namespace otelctl::report
