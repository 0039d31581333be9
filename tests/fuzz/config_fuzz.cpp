// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "config/diff.hpp"
#include "config/excerpt.hpp"
#include "config/fix.hpp"
#include "config/rules.hpp"
#include "config/validate.hpp"
#include "report/findings.hpp"
#include "tests/fuzz/require.hpp"

using namespace otelctl;
using config::FileReport;
using config::Finding;
using fuzz::require;

namespace {

// The first byte chooses how the rest is read.
config::ValidateOptions options_of(std::uint8_t choice) {
  config::ValidateOptions options;
  const std::size_t kind = choice % 7U;
  if (kind < config::k_kinds.size()) {
    options.kind = config::k_kinds[kind];
  }
  options.section = (choice & 0x80U) != 0 ? "-" : "telemetry";
  options.reports_unset = (choice & 0x40U) == 0;
  if ((choice & 0x20U) != 0) {
    options.environment.set("A", "");
    options.environment.set("B", "http://b:4318");
    options.environment.set("OTEL_SERVICE_NAME", "shop");
    options.environment_name = "production";
  }
  options.limits.bytes = std::uint64_t{64} * 1024;
  options.limits.nodes = 20000;
  return options;
}

void check_finding(const FileReport& report, const Finding& finding) {
  const config::Rule* const rule = config::find_rule(finding.code);
  require(rule != nullptr, "every finding has a rule");
  require(rule->severity == finding.severity, "one code, one severity");
  require(!finding.message.empty(), "a finding says what is wrong");
  fuzz::require_printable(finding.message);
  fuzz::require_printable(finding.help);
  const std::size_t size = report.document.source().size();
  for (const config::Edit& edit : finding.edits) {
    require(edit.begin <= edit.end && edit.end <= size, "an edit lies in the file");
  }
  if (finding.has_place) {
    require(finding.line >= 1 && finding.column >= 1, "places count from 1");
    require(finding.end_line > finding.line ||
                (finding.end_line == finding.line && finding.end_column >= finding.column),
            "a place ends behind its begin");
    config::excerpt_of(report, finding.place);
  }
}

void check_formats(FileReport report) {
  std::vector<FileReport> reports;
  reports.push_back(std::move(report));
  for (const std::string& format : report::findings_format_names()) {
    std::ostringstream out;
    report::write_findings(out, reports, format);
    require(is_valid_utf8(out.str()), "every format is UTF-8");
  }
}

std::map<std::string_view, std::size_t> counts_of(const FileReport& report, bool& is_blocked) {
  std::map<std::string_view, std::size_t> counts;
  for (const Finding& finding : report.findings) {
    // What is mended may well give a hint that nobody needed before.
    counts[finding.code] += finding.severity == config::Severity::info ? 0U : 1U;
    is_blocked = is_blocked || config::find_rule(finding.code)->is_blocking;
  }
  return counts;
}

void check_fix(const std::string& bytes, const config::ValidateOptions& options) {
  const config::FixResult result = config::fix("app.yaml", bytes, options);
  require(result.before.document.source() == bytes, "a fix begins with the file");
  if (!result.has_changed()) {
    return;
  }
  bool was_blocked = false;
  bool is_blocked = false;
  const auto before = counts_of(result.before, was_blocked);
  for (const auto& [code, count] : counts_of(result.after, is_blocked)) {
    const auto known = before.find(code);
    require(was_blocked || count == 0 || (known != before.end() && count <= known->second),
            "a fix adds no error and no warning");
  }
  const auto diff = config::unified_diff("app.yaml", result.before.document, result.after.document);
  require(!diff.text.empty(), "what changes is in the diff");
  const std::string after(result.after.document.source());
  require(!config::fix("app.yaml", after, options).has_changed(), "a second fix changes nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const config::ValidateOptions options = options_of(data[0]);
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  FileReport report = config::validate("app.yaml", bytes, options);
  for (const Finding& finding : report.findings) {
    check_finding(report, finding);
  }
  check_formats(std::move(report));
  check_fix(bytes, options);
  return 0;
}
