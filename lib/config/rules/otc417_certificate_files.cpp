// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_key = "OTEL_EXPORTER_OTLP_CLIENT_KEY";
constexpr std::string_view k_certificate = "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE";

// A signal's form goes with the general form of the other.
void check_pair(const VariableSet& set, std::string_view given, std::string_view wanted,
                Reporter& report) {
  for (const Assignment& assignment : set.all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    if (variable == nullptr || variable->name != given || !assignment.is_set() ||
        !set.counts(assignment)) {
      continue;
    }
    std::string partner = assignment.name();
    const std::size_t client = partner.rfind("CLIENT_");
    partner.replace(client, std::string::npos, wanted.substr(wanted.rfind("CLIENT_")));
    const bool is_general = assignment.name() == given;
    const bool is_missing = set.is_surely_unset(partner) && set.is_surely_unset(wanted);
    const bool has_signal_partner =
        is_general && std::any_of(set.all().begin(), set.all().end(), [&](const Assignment& each) {
          const settings::Variable* other = settings::find_variable(each.name());
          return other != nullptr && other->name == wanted;
        });
    if (is_missing && !has_signal_partner) {
      report.add(assignment.item.place,
                 fmt::format("{} is set without {}", assignment.name(), partner),
                 "set both, or neither");
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  check_pair(set, k_key, k_certificate, report);
  check_pair(set, k_certificate, k_key, report);
  if (set.host() != VariableSet::Host::process || !subject.options.can_read_file) {
    return;
  }
  for (const Assignment& assignment : set.all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    if (variable != nullptr && variable->type == settings::VariableType::path &&
        assignment.is_set() && !subject.options.can_read_file(assignment.value())) {
      report.add(assignment.item.place,
                 fmt::format("{} names a file that cannot be read: {}", assignment.name(),
                             shown(assignment.value())),
                 "check the path and its permissions");
    }
  }
}

}  // namespace

Rule otc417_certificate_files() {
  return {
      .code = "OTC417",
      .name = "certificate-files",
      .severity = Severity::error,
      .summary = "A certificate file is missing or stands alone",
      .rationale =
          "A client certificate is of use only with its key; an exporter whose files cannot be "
          "read fails at its construction.",
      .bad = R"(OTEL_EXPORTER_OTLP_CLIENT_KEY=/etc/otel/client.key
)",
      .good = R"(OTEL_EXPORTER_OTLP_CLIENT_KEY=/etc/otel/client.key
OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE=/etc/otel/client.crt
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
