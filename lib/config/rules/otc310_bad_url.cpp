// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto text = section.text(Key::endpoint);
  if (!text) {
    return;
  }
  const Place& place = section.place(Key::endpoint);
  if (text->empty()) {
    report.add(place, "endpoint is empty", "write http://HOST:4317, or remove the key");
    return;
  }
  const auto endpoint = read_endpoint(*text);
  if (!endpoint) {
    report.add(place, endpoint.error().message, endpoint.error().hint);
  } else if (endpoint->has_userinfo) {
    report.add(place, "endpoint: the URL holds a user or a password, which exporters do not send",
               "put credentials into headers");
  } else if (endpoint->has_query || endpoint->has_fragment) {
    report.add(place, "endpoint: the URL holds a query or a fragment", "remove it from the URL");
  }
}

}  // namespace

Rule otc310_bad_url() {
  return {
      .code = "OTC310",
      .name = "bad-url",
      .severity = Severity::error,
      .summary = "The endpoint is not an http or https URL",
      .rationale =
          "Without a scheme gRPC exporters turn TLS on and HTTP exporters fail; user names, "
          "queries and fragments are dropped or sent where nobody wants them; a bad port "
          "fails only at the first export.",
      .bad = R"(exporters:
  otlp:
    endpoint: "localhost:4317"
)",
      .good = R"(exporters:
  otlp:
    endpoint: "http://localhost:4317"
)",
      .check = check,
  };
}

}  // namespace otelctl::config
