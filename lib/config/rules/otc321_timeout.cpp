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
  const auto timeout = section.number(Key::timeout_ms);
  const auto interval = section.number(Key::export_interval_ms);
  if (!timeout) {
    return;
  }
  const Place& place =
      section.place(section.is_set(Key::timeout_ms) ? Key::timeout_ms : Key::export_interval_ms);
  if (*timeout == 0) {
    report.add(place, "a timeout of 0 means no limit: a dead collector blocks the export",
               "write 10000, the default");
  } else if (*timeout < 1000) {
    report.add(place, fmt::format("the timeout is {} ms", number_words(*timeout)),
               fmt::format("if seconds are meant, write {}", number_words(*timeout * 1000)));
  } else if (interval && section.flag(Key::metrics_enabled) == true && *timeout >= *interval) {
    report.add(place,
               fmt::format("the timeout ({} ms) is not shorter than the export interval ({} ms)",
                           number_words(*timeout), number_words(*interval)),
               "shorten the timeout or lengthen the interval");
  }
}

}  // namespace

Rule otc321_timeout() {
  return {
      .code = "OTC321",
      .name = "timeout",
      .severity = Severity::warning,
      .summary = "The export timeout does not fit",
      .rationale =
          "A timeout is in milliseconds: below a second it is often meant in seconds. 0 is "
          "no limit by the specification, and one longer than the export interval lets "
          "exports pile up.",
      .bad = R"(exporters:
  otlp:
    timeout_ms: 10
)",
      .good = R"(exporters:
  otlp:
    timeout_ms: 10000
)",
      .check = check,
  };
}

}  // namespace otelctl::config
