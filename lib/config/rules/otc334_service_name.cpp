// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  constexpr std::size_t k_longest = 63;
  const auto name = subject.section->text(Key::service_name);
  if (!name) {
    return;
  }
  const Place& place = subject.section->place(Key::service_name);
  if (name->starts_with("unknown_service")) {
    report.add(place, "'unknown_service' is what SDKs call a service without a name",
               "name the service");
  } else if (name->find_first_of(" \t") != std::string::npos) {
    report.add(place, "the service name holds spaces", "use '-' or '_'");
  } else if (name->size() > k_longest) {
    report.add(place, "the service name is longer than 63 characters", "shorten it");
  }
}

}  // namespace

Rule otc334_service_name() {
  return {
      .code = "OTC334",
      .name = "service-name",
      .severity = Severity::warning,
      .summary = "The service name will be hard to work with",
      .rationale =
          "Backends index and group by it. 'unknown_service' is what SDKs use for no name; "
          "spaces and long names break queries and labels.",
      .bad = R"(service_name: my service
)",
      .good = R"(service_name: my-service
)",
      .check = check,
  };
}

}  // namespace otelctl::config
