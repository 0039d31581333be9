// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

// Whether the section's OTLP exporter reaches the host of the agent, where Jaeger takes gRPC.
bool has_otlp_to_agent(const Section& section) {
  const auto endpoint = read_endpoint(section.text(Key::endpoint).value_or(""));
  const auto host = section.text(Key::agent_host);
  return endpoint && host && endpoint->host == *host && endpoint->port == 4317 &&
         endpoint->path.empty();
}

// Hands the traces to the OTLP exporter, where it is there, goes to the same host and needs no more
// than to be enabled.
std::vector<Edit> edits_for(const Subject& subject) {
  const Section& section = *subject.section;
  const auto written = [&](Key key) {
    const Place& place = section.place(key);
    return subject.parsed.document.source().substr(place.begin, place.end - place.begin);
  };
  const auto edit = [&](Key key, const char* text) {
    return Edit{section.place(key).begin, section.place(key).end, text};
  };
  if (written(Key::jaeger_enabled) != "true" || !has_otlp_to_agent(section)) {
    return {};
  }
  if (section.flag(Key::otlp_enabled) == true) {
    return {edit(Key::jaeger_enabled, "false")};
  }
  if (!section.is_set(Key::otlp_enabled) || written(Key::otlp_enabled) != "false") {
    return {};
  }
  std::vector<Edit> edits{edit(Key::otlp_enabled, "true"), edit(Key::jaeger_enabled, "false")};
  if (edits[1].begin < edits[0].begin) {
    std::swap(edits[0], edits[1]);
  }
  return edits;
}

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  if (section.flag(Key::jaeger_enabled) != true) {
    return;
  }
  report.add(section.place(Key::jaeger_enabled),
             "the Jaeger agent exporter no longer exists in OpenTelemetry SDKs (Python removed it "
             "in 1.22.0)",
             fmt::format("disable it and enable exporters.otlp with endpoint http://{}:4317: "
                         "Jaeger takes OTLP",
                         section.text(Key::agent_host).value_or("localhost")),
             edits_for(subject));
}

}  // namespace

Rule otc301_jaeger_agent() {
  return {
      .code = "OTC301",
      .name = "jaeger-agent-exporter",
      .severity = Severity::error,
      .summary = "The Jaeger agent exporter is enabled",
      .rationale =
          "OpenTelemetry SDKs no longer have it: the specification removed it in 1.32.0, "
          "Python in 1.22.0 (December 2023). Jaeger takes OTLP on port 4317 now.",
      .bad = R"(exporters:
  jaeger:
    enabled: true
)",
      .good = R"(exporters:
  otlp:
    enabled: true
    endpoint: "http://localhost:4317"
)",
      .check = check,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
