// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "report/findings.hpp"

namespace otelctl::report {

void write_findings_concise(std::ostream& out, const Findings& files,
                            const FindingsOptions& /*options*/) {
  for (const config::FileReport& file : files) {
    const std::string name = escape_for_terminal(file.name);
    for (const config::Finding& finding : file.findings) {
      out << name << ':';
      if (finding.has_place) {
        out << finding.line << ':' << finding.column << ':';
      }
      out << ' ' << finding.code << ' ' << escape_for_terminal(finding.message) << '\n';
    }
  }
}

}  // namespace otelctl::report
