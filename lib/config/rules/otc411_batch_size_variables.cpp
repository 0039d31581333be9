// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

// The number that an SDK uses; nothing when it is not known.
std::optional<int> effective(const VariableSet& set, std::string_view name) {
  if (const Assignment* assignment = set.find_set(name)) {
    const auto number = whole_number(without_quotes(assignment->value()));
    return number && *number > 0 ? number : std::nullopt;
  }
  const settings::Variable* variable = settings::find_variable(name);
  return set.is_surely_unset(name) ? whole_number(variable->default_value) : std::nullopt;
}

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  for (const std::string_view prefix : {"OTEL_BSP_", "OTEL_BLRP_"}) {
    const std::string batch_name = fmt::format("{}MAX_EXPORT_BATCH_SIZE", prefix);
    const std::string queue_name = fmt::format("{}MAX_QUEUE_SIZE", prefix);
    const auto batch = effective(set, batch_name);
    const auto queue = effective(set, queue_name);
    const Assignment* place = set.find_set(batch_name);
    place = place == nullptr ? set.find_set(queue_name) : place;
    if (batch && queue && place != nullptr && *batch > *queue) {
      report.add(place->item.place,
                 fmt::format("{} {} is above {} {}", batch_name, *batch, queue_name, *queue),
                 "lower the batch size, or raise the queue size");
    }
  }
}

}  // namespace

Rule otc411_batch_size_variables() {
  return {
      .code = "OTC411",
      .name = "batch-size-variables",
      .severity = Severity::error,
      .summary = "A batch is larger than the queue that it is taken from",
      .rationale =
          "The specification demands a batch size of at most the queue size; Python raises "
          "ValueError at start.",
      .bad = R"(OTEL_BSP_MAX_EXPORT_BATCH_SIZE=4096
)",
      .good = R"(OTEL_BSP_MAX_EXPORT_BATCH_SIZE=4096
OTEL_BSP_MAX_QUEUE_SIZE=8192
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
