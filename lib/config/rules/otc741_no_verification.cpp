// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/collector.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const collector::Component& exporter :
       subject.collector->list(collector::Section::exporters).items) {
    if (exporter.settings.flag("tls.insecure_skip_verify").value_or(false)) {
      report.add(exporter.settings.place("tls.insecure_skip_verify", exporter.place),
                 "the certificate of the peer is not verified",
                 "remove it, and name the authority in tls.ca_file");
    }
  }
}

}  // namespace

Rule otc741_no_verification() {
  return {
      .code = "OTC741",
      .name = "no-verification",
      .severity = Severity::warning,
      .summary = "An exporter takes any certificate",
      .rationale =
          "With insecure_skip_verify whoever answers is believed: the connection is encrypted, to "
          "nobody knows whom.",
      .bad = R"(tls:
  insecure_skip_verify: true
)",
      .good = R"(tls:
  ca_file: ca.pem
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
