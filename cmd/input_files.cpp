// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/input_files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cmd/context.hpp"
#include "report/findings.hpp"

namespace otelctl {

bool path_exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

void print_input_findings(const std::vector<config::FileReport>& reports, bool is_usable,
                          Context& context) {
  const bool has_findings =
      std::any_of(reports.begin(), reports.end(),
                  [](const config::FileReport& report) { return !report.findings.empty(); });
  if (!has_findings || (is_usable && context.global().is_quiet)) {
    return;
  }
  report::FindingsOptions options;
  options.terminal = context.err_terminal();
  options.more_option = {};
  options.fix_option = {};
  report::write_findings_text(context.err(), reports, options);
}

}  // namespace otelctl
