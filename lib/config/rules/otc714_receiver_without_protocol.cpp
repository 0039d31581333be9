// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const collector::Component* const receiver :
       subject.collector->of_types(collector::Section::receivers, {"otlp"})) {
    const collector::Settings& settings = receiver->settings;
    if (receiver->is_unknown || settings.is_unknown("protocols")) {
      continue;
    }
    const auto is_on = [&](const std::string& protocol) {
      return settings.find(protocol) != nullptr &&
             settings.flag(protocol + ".enabled").value_or(true);
    };
    if (!is_on("protocols.grpc") && !is_on("protocols.http")) {
      report.add(settings.place("protocols", receiver->place),
                 fmt::format("the receiver {} has no protocol", shown(receiver->id)),
                 "write grpc: or http: under protocols");
    }
  }
}

}  // namespace

Rule otc714_receiver_without_protocol() {
  return {
      .code = "OTC714",
      .name = "receiver-without-protocol",
      .severity = Severity::error,
      .summary = "An otlp receiver has no protocol",
      .rationale =
          "Without protocols.grpc or protocols.http the receiver would listen nowhere, and the "
          "Collector refuses it. An empty grpc: or http: is enough.",
      .bad = R"(receivers:
  otlp:
)",
      .good = R"(receivers:
  otlp:
    protocols:
      grpc:
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
