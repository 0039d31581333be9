// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/placeholder.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"
#include "config/headers.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

bool is_literal(const Item& item) {
  return item.is_readable && !item.is_from_variable && !trim(item.text).empty();
}

std::string_view what_to_do(Kind kind) {
  return kind == Kind::kubernetes ? "put it into a Secret and take it from there by valueFrom"
                                  : "put it into a variable and write ${NAME}";
}

void check(const Subject& subject, Reporter& report) {
  // A .env file is where secrets are put.
  if (subject.kind == Kind::env) {
    return;
  }
  const auto report_secret = [&](const Item& item, std::string_view what) {
    report.add(item.place,
               fmt::format("a secret is stored in the file: {} '{}'", what,
                           escape_for_terminal(item.name)),
               std::string(what_to_do(subject.kind)));
  };
  for (const OtlpExporter& exporter : subject.exporters) {
    for (const Item& header : exporter.headers) {
      if (is_literal(header) && is_credential(header) && !is_placeholder(header.text)) {
        report_secret(header, "header");
      }
    }
  }
  for (const AttributeUse& attribute : subject.attributes) {
    if (is_literal(attribute.item) && looks_secret(attribute.item.text)) {
      report_secret(attribute.item, "attribute");
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
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
