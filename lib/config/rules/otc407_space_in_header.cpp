// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/pair_list.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

std::vector<Edit> encode_spaces(const Assignment& assignment, const Pair& pair) {
  std::vector<Edit> edits;
  for (std::size_t i = pair.value_begin; i < pair.value_end; ++i) {
    if (assignment.value()[i] == ' ') {
      const std::vector<Edit> one = replace_in_value(assignment, i, 1, "%20");
      edits.insert(edits.end(), one.begin(), one.end());
    }
  }
  return edits;
}

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    if (!holds_headers(assignment) || !assignment.is_set()) {
      continue;
    }
    for (const Pair& pair : split_pairs(assignment.value())) {
      const std::string_view raw = std::string_view(assignment.value())
                                       .substr(pair.value_begin, pair.value_end - pair.value_begin);
      if (pair.has_equals && raw.find(' ') != std::string_view::npos) {
        report.add(item_of_pair(assignment, pair).place,
                   fmt::format("the value of header '{}' holds a space that is not encoded",
                               escape_for_terminal(pair.key)),
                   "write %20 for a space", encode_spaces(assignment, pair));
      }
    }
  }
}

}  // namespace

Rule otc407_space_in_header() {
  return {
      .code = "OTC407",
      .name = "space-in-header",
      .severity = Severity::warning,
      .summary = "A header's value has a space that is not encoded",
      .rationale =
          "The values are percent-encoded, where a space is %20; Python before 1.27.0 drops a "
          "header with a raw one.",
      .bad = R"(OTEL_EXPORTER_OTLP_HEADERS="x-team=blue green"
)",
      .good = R"(OTEL_EXPORTER_OTLP_HEADERS="x-team=blue%20green"
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
