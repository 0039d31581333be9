// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "config/endpoint.hpp"
#include "config/rule.hpp"
#include "settings/key_values.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto endpoint = endpoint_of(section);
  const auto transport =
      endpoint && !endpoint->is_grpc() ? net::Transport::http : net::Transport::grpc;
  for (const Item& header : section.value(Key::headers).items) {
    auto problem = settings::header_problem({header.name, header.text}, transport);
    const bool has_upper_case = to_lower(header.name) != header.name;
    if (!problem && has_upper_case && transport == net::Transport::grpc) {
      problem = "gRPC refuses header names with capital letters";
    }
    if (problem) {
      Place place = header.place;
      place.begin = place.key_begin;
      place.end = place.key_end;
      report.add(place, *problem, "rename or remove the header");
    }
  }
}

}  // namespace

Rule otc327_header_name() {
  return {
      .code = "OTC327",
      .name = "header-name",
      .severity = Severity::error,
      .summary = "A header cannot be sent",
      .rationale =
          "Names must be HTTP tokens (RFC 9110, 5.6.2), over gRPC in lower case and not "
          "'grpc-...'; some headers belong to the transport. gRPC aborts a process on an "
          "illegal one (grpc/grpc#18527).",
      .bad = R"(exporters:
  otlp:
    headers:
      "api key": "${API_KEY:-none}"
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
