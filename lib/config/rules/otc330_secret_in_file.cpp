// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "config/headers.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const auto report_secret = [&](const Item& item, std::string_view what) {
    report.add(item.place,
               fmt::format("a secret is stored in the file: {} '{}'", what,
                           escape_for_terminal(item.name)),
               "put it into a variable and write ${NAME}");
  };
  for (const Item& header : subject.section->items(Key::headers)) {
    const bool is_literal = !header.is_from_variable && !trim(header.text).empty();
    if (is_literal && is_credential(header) && !is_placeholder(header.text)) {
      report_secret(header, "header");
    }
  }
  for (const Item& attribute : subject.section->items(Key::resource_attributes)) {
    if (!attribute.is_from_variable && looks_secret(attribute.text)) {
      report_secret(attribute, "attribute");
    }
  }
}

}  // namespace

Rule otc330_secret_in_file() {
  return {
      .code = "OTC330",
      .name = "secret-in-file",
      .severity = Severity::warning,
      .summary = "A secret stands in the file",
      .rationale =
          "Files are committed, copied and logged; a variable keeps the secret with the "
          "deployment.",
      .bad = R"(exporters:
  otlp:
    headers:
      api-key: 4f9a2b7c1d3e
)",
      .good = R"(exporters:
  otlp:
    headers:
      api-key: "${API_KEY:-none}"
)",
      .check = check,
  };
}

}  // namespace otelctl::config
