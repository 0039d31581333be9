// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/suggest.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto& compression = exporter.compression;
    if (!compression || !compression->is_readable || exporter.surface == Surface::collector ||
        compression->text == "gzip" || compression->text == "none") {
      continue;
    }
    const std::string near = did_you_mean(compression->text, {"gzip", "none"});
    report.add(compression->place,
               fmt::format("compression {} is not known to OTLP", shown(compression->text)),
               near.empty() ? "write gzip or none" : near);
  }
}

}  // namespace

Rule otc332_compression() {
  return {
      .code = "OTC332",
      .name = "compression",
      .severity = Severity::warning,
      .summary = "The compression is not one of OTLP's",
      .rationale =
          "The specification knows gzip and none. Exporters take other names for none, or "
          "fail at their construction.",
      .bad = R"(exporters:
  otlp:
    compression: zstd
)",
      .good = R"(exporters:
  otlp:
    compression: gzip
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
