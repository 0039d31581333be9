// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/sdk/components.hpp"
#include "config/sdk/file_format.hpp"
#include "config/sdk/model.hpp"
#include "config/url_edits.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

// What `otlp` was meant to be, by its protocol or its port.
std::string_view transport_of(const sdk::Model& model, sdk::Part part) {
  const std::string protocol = model.text(part, "protocol").value_or("");
  const std::string endpoint = model.text(part, "endpoint").value_or("");
  const bool is_grpc = protocol == "grpc" || endpoint.find(":4317") != std::string::npos;
  const bool is_http = protocol.starts_with("http") || endpoint.find(":4318") != std::string::npos;
  return is_grpc == is_http ? "" : is_grpc ? "otlp_grpc" : "otlp_http";
}

// The new name; and for otlp_http the path that its endpoint must have here.
std::vector<Edit> renamed(const sdk::Model& model, sdk::Part part, const std::string& now) {
  const Place place = model.key_place(part);
  std::vector<Edit> edits{{place.begin, place.end, now}};
  const auto endpoint = model.child(part, "endpoint");
  const auto signal = model.signal_of(part);
  if (now != "otlp_http" || !endpoint || !signal) {
    return edits;
  }
  const schema::Value value = model.value(*endpoint);
  const std::string path = fmt::format("/v1/{}", name_of(*signal));
  const Item url{"endpoint", value.text, model.place(*endpoint), value.is_known,
                 value.is_from_variable};
  if (value.is_known && value.text.find("/v1/") == std::string::npos) {
    const std::vector<Edit> completed = appended_path(model.document(), url, path);
    edits.insert(edits.end(), completed.begin(), completed.end());
  }
  return edits;
}

void check(const Subject& subject, Reporter& report) {
  const sdk::Model& model = *subject.sdk;
  for (const sdk::Part point : model.extension_points()) {
    const schema::Rules& rules = model.rules(point);
    for (const sdk::Part part : model.children(point)) {
      const std::string_view name = model.key(part);
      const auto old = rules.find(name) ? std::nullopt : sdk::find_old_component(rules, name);
      if (!old || sdk::is_newer(model)) {
        continue;
      }
      const Place place = model.key_place(part);
      const std::string now = name == "otlp" ? std::string(transport_of(model, part)) : old->now;
      const bool is_mendable = !now.empty() && rules.find(now);
      std::vector<Edit> edits = is_mendable ? renamed(model, part, now) : std::vector<Edit>{};
      report.add(place, fmt::format("{} is not a component of this format", shown(name)), old->help,
                 std::move(edits));
    }
  }
}

}  // namespace

Rule otc611_old_component() {
  return {
      .code = "OTC611",
      .name = "old-component",
      .severity = Severity::error,
      .summary = "A component has another name, or is gone",
      .rationale =
          "The formats before 1.0, the Collector and the environment call the same things by other "
          "names; under these no SDK has a component.",
      .bad = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        exporter:
          otlphttp:
            endpoint: http://localhost:4318/v1/traces
)",
      .good = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_http:
            endpoint: http://localhost:4318/v1/traces
)",
      .check = check,
      .kinds = {Kind::sdk},
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
