// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "report/findings.hpp"
#include "report/junit_text.hpp"

namespace otelctl::report {
namespace {

using config::FileReport;
using config::Finding;

bool fails(const Finding& finding, const FindingsOptions& options) {
  return finding.severity >= options.fails_from;
}

std::size_t count_failed(const FileReport& file, const FindingsOptions& options) {
  return static_cast<std::size_t>(
      std::count_if(file.findings.begin(), file.findings.end(),
                    [&](const Finding& finding) { return fails(finding, options); }));
}

// Made of what does not change when lines move.
std::string test_name(const Finding& finding) {
  std::string name(finding.code);
  if (!finding.place.path.empty()) {
    name += " " + finding.place.path;
  }
  return name;
}

std::string details(const FileReport& file, const Finding& finding) {
  std::string text = file.name;
  if (finding.has_place) {
    text += fmt::format(":{}:{}", finding.line, finding.column);
  }
  text +=
      fmt::format(": {}[{}]: {}", config::name_of(finding.severity), finding.code, finding.message);
  if (!finding.help.empty()) {
    text += "\nhelp: " + finding.help;
  }
  return text;
}

void write_test(std::ostream& out, const FileReport& file, const Finding& finding,
                std::string_view name, const FindingsOptions& options) {
  out << fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\">\n",
                     escape_xml(file.name), escape_xml(name));
  const std::string text = escape_xml(details(file, finding));
  if (fails(finding, options)) {
    out << fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", finding.code,
                       escape_xml(finding.message), text);
  } else {
    out << fmt::format("      <system-out>{}</system-out>\n", text);
  }
  out << "    </testcase>\n";
}

}  // namespace

void write_findings_junit(std::ostream& out, const Findings& files,
                          const FindingsOptions& options) {
  std::size_t tests = 0;
  std::size_t failures = 0;
  for (const FileReport& file : files) {
    tests += std::max<std::size_t>(file.findings.size(), 1);
    failures += count_failed(file, options);
  }
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format(
             "<testsuites name=\"otelctl config validate\" tests=\"{}\" failures=\"{}\" "
             "errors=\"0\" time=\"0\">\n",
             tests, failures);
  for (const FileReport& file : files) {
    const std::string name = escape_xml(file.name);
    out << fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" "
        "time=\"0\">\n",
        name, std::max<std::size_t>(file.findings.size(), 1), count_failed(file, options));
    TestNames names;
    for (const Finding& finding : file.findings) {
      write_test(out, file, finding, names.unique(test_name(finding)), options);
    }
    if (file.findings.empty()) {
      out << fmt::format("    <testcase classname=\"{}\" name=\"no findings\" time=\"0\"/>\n",
                         name);
    }
    out << "  </testsuite>\n";
  }
  out << "</testsuites>\n";
}

}  // namespace otelctl::report
