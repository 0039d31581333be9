// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/sdk/file_format.hpp"
#include "config/sdk/model.hpp"
#include "config/sdk/published_schema.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const sdk::Model& model = *subject.sdk;
  if (sdk::is_newer(model)) {
    const sdk::Part part = *model.child(model.root(), "file_format");
    report.add(model.place(part),
               fmt::format("file_format {} is newer than {}.{}: unknown keys and components are "
                           "not reported",
                           shown(model.value(part).text), sdk::k_schema_major, sdk::k_schema_minor),
               "see that your SDKs support it");
  }
}

}  // namespace

Rule otc610_newer_format() {
  return {
      .code = "OTC610",
      .name = "newer-format",
      .severity = Severity::warning,
      .summary = "The file_format is newer than what is known here",
      .rationale =
          "Minor versions add keys: an SDK that does not know them ignores them, and neither can "
          "otelctl judge them. Everything else is checked.",
      .bad = R"(file_format: "1.9"
tracer_provider:
  processors:
    - simple:
        exporter:
          console:
)",
      .good = R"(file_format: "1.1"
tracer_provider:
  processors:
    - simple:
        exporter:
          console:
)",
      .check = check,
      .kinds = {Kind::sdk},
  };
}

}  // namespace otelctl::config
