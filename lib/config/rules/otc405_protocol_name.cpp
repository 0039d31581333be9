// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

struct Alias {
  std::string_view wrong;
  std::string_view right;
};

constexpr std::array<Alias, 14> k_aliases{{
    {"grpc/proto", "grpc"},
    {"grpc/protobuf", "grpc"},
    {"grpcs", "grpc"},
    {"http", "http/protobuf"},
    {"http-json", "http/json"},
    {"http-protobuf", "http/protobuf"},
    {"http/proto", "http/protobuf"},
    {"http/protobuff", "http/protobuf"},
    {"http_json", "http/json"},
    {"http_protobuf", "http/protobuf"},
    {"httpprotobuf", "http/protobuf"},
    {"https", "http/protobuf"},
    {"json", "http/json"},
    {"protobuf", "http/protobuf"},
}};

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    if (variable == nullptr || variable->name != "OTEL_EXPORTER_OTLP_PROTOCOL" ||
        !assignment.is_set()) {
      continue;
    }
    const std::string value = to_lower(without_quotes(assignment.value()));
    if (is_allowed(variable->allowed, value)) {
      continue;
    }
    const auto* const alias = std::find_if(k_aliases.begin(), k_aliases.end(),
                                           [&](const Alias& each) { return each.wrong == value; });
    const std::string meant =
        alias != k_aliases.end() ? std::string(alias->right) : nearest_of(variable->allowed, value);
    report.add(assignment.item.place,
               fmt::format("{} {} is not a protocol of OTLP", assignment.name(), shown(value)),
               meant.empty() ? std::string("write grpc, http/protobuf or http/json")
                             : fmt::format("write {}", meant),
               meant.empty() ? std::vector<Edit>() : replace_value(assignment, meant));
  }
}

}  // namespace

Rule otc405_protocol_name() {
  return {
      .code = "OTC405",
      .name = "protocol-name",
      .severity = Severity::error,
      .summary = "The protocol is not one of OTLP's",
      .rationale =
          "The protocols are grpc, http/protobuf and http/json. Python ends with \"Unsupported "
          "OTLP protocol 'http' is configured\"; other SDKs take their default.",
      .bad = R"(OTEL_EXPORTER_OTLP_PROTOCOL=http
)",
      .good = R"(OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
