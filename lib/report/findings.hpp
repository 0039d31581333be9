// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "config/secrets.hpp"
#include "config/validate.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

struct FindingsOptions {
  // For the text format.
  terminal::Terminal terminal = {};
  // Of each file, in the text format; what is left out is counted. The others show all.
  std::size_t max_findings = 50;
  // The option that says so, for the line that counts them; empty where there is none.
  std::string_view more_option = "--max-findings";
  // The option that mends what can be mended safely; empty where the command has none.
  std::string_view fix_option = "--fix";
  // The least severity that is a failed test in the junit format.
  config::Severity fails_from = config::Severity::error;
  // Of otelctl, for the sarif format.
  std::string_view version = "0";
  // Absolute paths below it are written relative to it in the sarif format; may be empty.
  std::string folder = {};
};

using Findings = std::vector<config::FileReport>;

// Of the formats, the default one first. A new one is a file findings_NAME.cpp and a line in
// findings.cpp.
std::vector<std::string> findings_format_names();

// How many findings --fix could mend.
std::size_t count_fixable(const Findings& files);

// The edits of a file's findings, as far as they may be shown.
class ShownEdits {
 public:
  // `file` must outlive it.
  explicit ShownEdits(const config::FileReport& file) : m_file(file) {}

  // None where one of them would show a secret.
  std::vector<config::Edit> of(const config::Finding& finding);

 private:
  bool shows_secret(const config::Edit& edit);

  const config::FileReport& m_file;
  // Of the line last asked for: many findings may stand in one long line.
  config::Span m_line = {1, 0};
  std::vector<config::Span> m_secrets = {};
};

// A file by its name, and not what stands in for one: the process environment, standard input.
bool is_file(const config::FileReport& file);

// `format` is one of the names.
void write_findings(std::ostream& out, const Findings& files, std::string_view format,
                    const FindingsOptions& options = {});

// For a person: each finding with its place, the line with a caret under what is meant, the path of
// the key and what helps, then one line of counts. Secrets are redacted, text of the file escaped.
void write_findings_text(std::ostream& out, const Findings& files, const FindingsOptions& options);

// One line a finding for grep and editors: "app.yaml:3:5: OTC103 message".
void write_findings_concise(std::ostream& out, const Findings& files,
                            const FindingsOptions& options);

// The shape otelctl.findings/1. A finding without a place has no line and column.
void write_findings_json(std::ostream& out, const Findings& files, const FindingsOptions& options);

// SARIF 2.1.0 (OASIS), one run. The rules are those that found something. Fingerprints are made of
// code and key, so that a finding stays the same when lines move. What concerns the process
// environment has no location.
void write_findings_sarif(std::ostream& out, const Findings& files, const FindingsOptions& options);

// JUnit's XML: one suite a file, one test a finding; a file without findings is one passed test.
// Findings below `fails_from` are passed tests with their text as output, so that the report and
// the exit status give one verdict.
void write_findings_junit(std::ostream& out, const Findings& files, const FindingsOptions& options);

// GitHub's workflow commands, the severest first. GitHub shows 10 of each severity a step: what is
// beyond that is counted in a last notice.
void write_findings_github(std::ostream& out, const Findings& files,
                           const FindingsOptions& options);

}  // namespace otelctl::report
