// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/findings.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/redact.hpp"

namespace otelctl::report {
namespace {

// One way to write findings. None shows a secret, and all keep the order of the reports.
struct FindingsFormat {
  std::string_view name;  // "sarif"
  void (*write)(std::ostream& out, const Findings& files, const FindingsOptions& options);
};

constexpr std::array<FindingsFormat, 6> k_formats{{
    {"text", write_findings_text},
    {"concise", write_findings_concise},
    {"json", write_findings_json},
    {"sarif", write_findings_sarif},
    {"junit", write_findings_junit},
    {"github", write_findings_github},
}};

}  // namespace

std::vector<std::string> findings_format_names() {
  std::vector<std::string> names;
  std::transform(k_formats.begin(), k_formats.end(), std::back_inserter(names),
                 [](const FindingsFormat& format) { return std::string(format.name); });
  return names;
}

std::size_t count_fixable(const Findings& files) {
  std::size_t total = 0;
  for (const config::FileReport& file : files) {
    total += static_cast<std::size_t>(
        std::count_if(file.findings.begin(), file.findings.end(),
                      [](const config::Finding& finding) { return finding.fixable(); }));
  }
  return total;
}

std::vector<config::Edit> ShownEdits::of(const config::Finding& finding) {
  const bool has_secret =
      std::any_of(finding.edits.begin(), finding.edits.end(),
                  [this](const config::Edit& edit) { return shows_secret(edit); });
  return has_secret ? std::vector<config::Edit>() : finding.edits;
}

bool ShownEdits::shows_secret(const config::Edit& edit) {
  if (edit.text.empty()) {
    return false;
  }
  if (edit.begin < m_line.begin || edit.begin > m_line.end) {
    m_line = config::line_around(m_file.document.source(), edit.begin);
    m_secrets = config::secrets_in(m_file.document, m_line);
  }
  const bool touches_secret =
      std::any_of(m_secrets.begin(), m_secrets.end(), [&](const config::Span& secret) {
        return edit.begin <= secret.end && secret.begin <= edit.end;
      });
  return touches_secret || looks_secret(edit.text);
}

bool is_file(const config::FileReport& file) {
  return file.name != "(environment)" && file.name != "(standard input)";
}

void write_findings(std::ostream& out, const Findings& files, std::string_view format,
                    const FindingsOptions& options) {
  const auto* const found =
      std::find_if(k_formats.begin(), k_formats.end(),
                   [&](const FindingsFormat& candidate) { return candidate.name == format; });
  (found == k_formats.end() ? k_formats.front() : *found).write(out, files, options);
}

}  // namespace otelctl::report
