// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Assignment* interval = subject.variables->find_set("OTEL_METRIC_EXPORT_INTERVAL");
  const Assignment* timeout = subject.variables->find_set("OTEL_METRIC_EXPORT_TIMEOUT");
  if (interval == nullptr || timeout == nullptr) {
    return;
  }
  const auto every = whole_number(without_quotes(interval->value()));
  const auto most = whole_number(without_quotes(timeout->value()));
  if (every && most && *most > *every) {
    report.add(timeout->item.place,
               fmt::format("OTEL_METRIC_EXPORT_TIMEOUT {} is above OTEL_METRIC_EXPORT_INTERVAL {}",
                           *most, *every),
               "make the timeout shorter than the interval");
  }
}

}  // namespace

Rule otc412_export_timeout_above_interval() {
  return {
      .code = "OTC412",
      .name = "export-timeout-above-interval",
      .severity = Severity::warning,
      .summary = "An export may take longer than the interval of exports",
      .rationale =
          "The next export waits for the one that hangs: points arrive late, and some SDKs "
          "refuse the pair.",
      .bad = R"(OTEL_METRIC_EXPORT_INTERVAL=10000
OTEL_METRIC_EXPORT_TIMEOUT=30000
)",
      .good = R"(OTEL_METRIC_EXPORT_INTERVAL=30000
OTEL_METRIC_EXPORT_TIMEOUT=10000
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
