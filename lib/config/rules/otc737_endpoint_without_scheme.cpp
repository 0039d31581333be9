// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/collector/go_url.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const collector::Component* const exporter :
       subject.collector->of_types(collector::Section::exporters, {"otlp_http", "otlphttp"})) {
    for (const std::string_view key :
         {"endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint"}) {
      const auto text = exporter->settings.text(key);
      if (!text || text->empty() || !collector::flaw_of_url(*text).empty() ||
          !collector::http_scheme(to_lower(*text)).empty()) {
        continue;
      }
      const collector::Setting& setting = *exporter->settings.find(key);
      const bool has_scheme = text->find("://") != std::string::npos;
      std::vector<Edit> edits;
      if (!has_scheme && !text->starts_with('/') && !setting.value.is_from_variable &&
          setting.place.end - setting.place.begin == text->size()) {
        edits.push_back({setting.place.begin, setting.place.begin, "http://"});
      }
      report.add(setting.place, fmt::format("{} {} is no http URL", key, shown(*text)),
                 "write http:// or https:// in front", std::move(edits));
    }
  }
}

}  // namespace

Rule otc737_endpoint_without_scheme() {
  return {
      .code = "OTC737",
      .name = "http-endpoint-without-scheme",
      .severity = Severity::warning,
      .summary = "The endpoint of an otlp_http exporter is no http URL",
      .rationale =
          "The Collector starts with it, as localhost:4318 is a URL of the scheme localhost; then "
          "every request fails.",
      .bad = R"(otlp_http:
  endpoint: backend:4318
)",
      .good = R"(otlp_http:
  endpoint: http://backend:4318
)",
      .check = check,
      .kinds = {Kind::collector},
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
