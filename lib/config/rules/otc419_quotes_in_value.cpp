// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const std::string& value = assignment.value();
    if (!assignment.is_set() || settings::find_variable(assignment.name()) == nullptr) {
      continue;
    }
    const std::string_view meant = without_quotes(value);
    if (meant == value) {
      continue;
    }
    const bool has_quotes = meant != trim(value);
    const std::size_t begin =
        meant.empty() ? 0 : static_cast<std::size_t>(meant.data() - value.data());
    std::vector<Edit> edits;
    for (const auto& [from, length] :
         {std::pair<std::size_t, std::size_t>{0, begin},
          std::pair<std::size_t, std::size_t>{begin + meant.size(),
                                              value.size() - begin - meant.size()}}) {
      const auto removed =
          length == 0 ? std::vector<Edit>() : replace_in_value(assignment, from, length, "");
      edits.insert(edits.end(), removed.begin(), removed.end());
    }
    report.add(assignment.item.place,
               has_quotes
                   ? fmt::format("the quotes are part of the value of {}", assignment.name())
                   : fmt::format("the value of {} begins or ends with a blank", assignment.name()),
               has_quotes ? "remove them: nothing strips quotes here" : "remove the blank",
               std::move(edits));
  }
}

}  // namespace

Rule otc419_quotes_in_value() {
  return {
      .code = "OTC419",
      .name = "quotes-in-value",
      .severity = Severity::warning,
      .summary = "Quotes or blanks are part of the value",
      .rationale =
          "The list form of compose, `docker run --env-file` and Kubernetes keep quotes: the "
          "SDK gets them as part of the name, number or URL.",
      .bad = R"(services:
  api:
    image: api
    environment:
      - OTEL_SERVICE_NAME="api"
)",
      .good = R"(services:
  api:
    image: api
    environment:
      - OTEL_SERVICE_NAME=api
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
