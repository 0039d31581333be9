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
  const auto part = model.child(model.root(), "file_format");
  const auto text = model.text(model.root(), "file_format");
  if (!part || !text) {
    return;
  }
  const auto format = sdk::parse_file_format(*text);
  if (!format) {
    report.add(model.place(*part),
               fmt::format("file_format {} is not of the form MAJOR.MINOR", shown(*text)),
               fmt::format("write \"{}.{}\"", sdk::k_schema_major, sdk::k_schema_minor));
  } else if (format->major < sdk::k_schema_major) {
    report.add(model.place(*part),
               fmt::format("file_format {} is older than 1.0, which SDKs refuse", shown(*text)),
               fmt::format("mend what the other findings name, then write \"{}.{}\"",
                           sdk::k_schema_major, sdk::k_schema_minor));
  } else if (format->major > sdk::k_schema_major) {
    report.add(model.place(*part),
               fmt::format("file_format {} is of a major version that is not known", shown(*text)),
               fmt::format("write \"{}.{}\"", sdk::k_schema_major, sdk::k_schema_minor));
  }
}

}  // namespace

Rule otc608_file_format() {
  return {
      .code = "OTC608",
      .name = "file-format",
      .severity = Severity::error,
      .summary = "The file_format is not one that SDKs take",
      .rationale =
          "It is MAJOR.MINOR in quotes. An SDK must refuse another major version (VERSIONING.md of "
          "opentelemetry-configuration); what changed from 0.x to 1.0 is renamed keys and "
          "components, which the other findings name one by one.",
      .bad = R"(file_format: "0.4"
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
