// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/pair_list.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '"' || c == '\\' || byte < 0x20 || byte >= 0x7f;
}

// Never shows the text: it may be a secret.
void check_pair(const Assignment& assignment, const Pair& pair, Reporter& report) {
  const std::string_view text =
      std::string_view(assignment.value()).substr(pair.begin, pair.end - pair.begin);
  const Place place = place_in_value(assignment, pair.begin, pair.end);
  if (!pair.has_equals) {
    report.add(place, fmt::format("an item of {} has no '='", assignment.name()),
               "write name=value,name=value; a comma inside a value is %2C");
  } else if (pair.key.empty()) {
    report.add(place, fmt::format("an item of {} has no name before its '='", assignment.name()),
               "write name=value,name=value");
  } else if (pair.has_bad_escape) {
    report.add(place,
               fmt::format("an item of {} holds a '%' that begins no escape", assignment.name()),
               "write a literal % as %25");
  } else if (std::any_of(text.begin(), text.end(), is_forbidden)) {
    report.add(place,
               fmt::format("an item of {} holds a quote, a backslash or a character beyond ASCII",
                           assignment.name()),
               "write it percent-encoded: a quote is %22");
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    if (holds_headers(assignment) && assignment.is_set() &&
        without_quotes(assignment.value()) == trim(assignment.value())) {
      for (const Pair& pair : split_pairs(assignment.value())) {
        check_pair(assignment, pair, report);
      }
    }
  }
}

}  // namespace

Rule otc406_malformed_headers() {
  return {
      .code = "OTC406",
      .name = "malformed-headers",
      .severity = Severity::error,
      .summary = "The variable with the headers cannot be read",
      .rationale =
          "It is a list of name=value separated by commas, percent-encoded (protocol/exporter, "
          "W3C Baggage without properties). SDKs drop what they cannot read, and the backend "
          "answers 401.",
      .bad = R"(OTEL_EXPORTER_OTLP_HEADERS=x-team:blue
)",
      .good = R"(OTEL_EXPORTER_OTLP_HEADERS=x-team=blue
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
