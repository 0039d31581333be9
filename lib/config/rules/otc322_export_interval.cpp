// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto interval = section.number(Key::export_interval_ms);
  if (interval && (*interval < 1000 || *interval > 600000)) {
    report.add(section.place(Key::export_interval_ms),
               fmt::format("metrics are exported every {} ms", number_words(*interval)),
               "60000, a minute, is the default");
  }
}

}  // namespace

Rule otc322_export_interval() {
  return {
      .code = "OTC322",
      .name = "export-interval",
      .severity = Severity::info,
      .summary = "The export interval is unusually short or long",
      .rationale =
          "Below a second each metric costs an export many times a minute; beyond ten "
          "minutes dashboards show gaps.",
      .bad = R"(metrics:
  export_interval_ms: 900000
)",
      .good = R"(metrics:
  export_interval_ms: 60000
)",
      .check = check,
  };
}

}  // namespace otelctl::config
