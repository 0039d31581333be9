// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/collector/go_url.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using collector::Component;
using collector::Section;

constexpr std::string_view k_unix = "unix://";

// The address in an endpoint as configgrpc (0.155.0) finds it; nothing for one that goes unchecked.
std::string_view address_of(std::string_view endpoint) {
  const std::string_view scheme = collector::http_scheme(endpoint);
  if (!scheme.empty()) {
    return endpoint.substr(scheme.size() + 3);
  }
  const std::size_t separator = endpoint.find("://");
  if (separator == std::string_view::npos) {
    return endpoint;
  }
  // dns:///HOST:PORT: the address is the path.
  const std::string_view rest = endpoint.substr(separator + 3);
  const std::size_t slash = rest.find('/');
  return slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
}

void check_grpc(const Component& exporter, Reporter& report) {
  if (exporter.is_unknown || exporter.settings.is_unknown("endpoint")) {
    return;
  }
  const Place& place = exporter.settings.place("endpoint", exporter.place);
  const std::string endpoint = exporter.settings.text("endpoint").value_or("");
  if (endpoint.empty() || endpoint == "http://" || endpoint == "https://") {
    report.add(place, fmt::format("the exporter {} has no endpoint", shown(exporter.id)),
               "write endpoint: HOST:4317");
    return;
  }
  if (endpoint.starts_with(k_unix)) {
    if (endpoint.size() == k_unix.size()) {
      report.add(place, "the path of the Unix socket is missing", "write unix:///PATH");
    }
    return;
  }
  const std::string_view address = address_of(endpoint);
  if (address.empty()) {
    return;
  }
  const auto parts = collector::split_host_port(address);
  const bool has_path = !address.starts_with('/') && address.find('/') != std::string_view::npos;
  if (has_path) {
    report.add(place,
               fmt::format("the endpoint {} has a path, which gRPC does not have", shown(endpoint)),
               "write HOST:PORT alone");
  } else if (!parts) {
    report.add(place, fmt::format("the endpoint {} has no port", shown(endpoint)),
               "write HOST:4317");
  } else if (!collector::read_port(parts->port)) {
    report.add(place, fmt::format("the port of {} is no number", shown(endpoint)),
               "write HOST:4317");
  }
}

void check_http(const Component& exporter, Reporter& report) {
  constexpr std::array<std::string_view, 4> k_keys{"traces_endpoint", "metrics_endpoint",
                                                   "logs_endpoint", "profiles_endpoint"};
  const collector::Settings& settings = exporter.settings;
  const auto is_missing = [&](std::string_view key) {
    return !settings.is_unknown(key) && settings.text(key).value_or("").empty();
  };
  if (exporter.is_unknown) {
    return;
  }
  const bool has_base = !is_missing("endpoint");
  if (!has_base && std::all_of(k_keys.begin(), k_keys.end(), is_missing)) {
    report.add(settings.place("endpoint", exporter.place),
               fmt::format("the exporter {} has no endpoint", shown(exporter.id)),
               "write endpoint: http://HOST:4318");
    return;
  }
  // The rest is refused only where a pipeline has the exporter built.
  for (std::size_t index = 0; index < k_keys.size(); ++index) {
    const collector::PipelineSignal signal = collector::k_pipeline_signals[index];
    if ((exporter.used_signals & static_cast<unsigned>(signal)) == 0) {
      continue;
    }
    const bool has_own = !is_missing(k_keys[index]);
    if (!has_own && !has_base) {
      report.add(exporter.place,
                 fmt::format("the exporter {} has no endpoint for {}", shown(exporter.id),
                             name_of(signal)),
                 fmt::format("write endpoint or {}", k_keys[index]));
      continue;
    }
    const std::string_view key = has_own ? k_keys[index] : "endpoint";
    const auto url = settings.text(key);
    const std::string_view flaw = url ? collector::flaw_of_url(*url) : std::string_view();
    if (!flaw.empty()) {
      report.add(settings.place(key, exporter.place),
                 fmt::format("{} {} is no URL: {}", key, shown(*url), flaw),
                 "write http://HOST:4318");
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const Component* const exporter :
       model.of_types(Section::exporters, {"otlp_grpc", "otlp"})) {
    check_grpc(*exporter, report);
  }
  for (const Component* const exporter :
       model.of_types(Section::exporters, {"otlp_http", "otlphttp"})) {
    check_http(*exporter, report);
  }
}

}  // namespace

Rule otc715_exporter_endpoint() {
  return {
      .code = "OTC715",
      .name = "exporter-endpoint",
      .severity = Severity::error,
      .summary = "The endpoint of an OTLP exporter is missing or none",
      .rationale =
          "otlp_grpc wants HOST:PORT with a port that is a number and without a path; otlp_http "
          "wants a URL that can be read, for each signal that it is used for.",
      .bad = R"(exporters:
  otlp_grpc:
    endpoint: backend
)",
      .good = R"(exporters:
  otlp_grpc:
    endpoint: backend:4317
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
