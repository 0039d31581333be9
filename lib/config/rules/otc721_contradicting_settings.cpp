// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/collector/go_url.hpp"
#include "config/places.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using collector::Component;
using collector::Section;
using collector::Settings;

void check_debug(const Component& exporter, Reporter& report) {
  const Settings& settings = exporter.settings;
  if (settings.is_given("output_paths") && settings.flag("use_internal_logger").value_or(true) &&
      !settings.is_unknown("use_internal_logger")) {
    report.add(settings.place("output_paths", exporter.place),
               "output_paths does nothing while the exporter writes to the Collector's own log",
               "add use_internal_logger: false, or remove output_paths");
  }
}

void check_file(const Component& exporter, Reporter& report) {
  const Settings& settings = exporter.settings;
  const auto place = [&](std::string_view key) { return settings.place(key, exporter.place); };
  if (settings.text("path").value_or("").empty() && !settings.is_unknown("path")) {
    report.add(place("path"), fmt::format("the exporter {} has no path", shown(exporter.id)),
               "write path: FILE");
  }
  if (settings.flag("append").value_or(false) && settings.is_given("rotation")) {
    report.add(place("append"), "append does not go with rotation", "remove one of them");
  }
  if (settings.seconds("flush_interval").value_or(0) < 0) {
    report.add(place("flush_interval"), "flush_interval is negative", "write 1s");
  }
  if (settings.is_given("directory_permissions") &&
      !settings.flag("create_directory").value_or(settings.is_unknown("create_directory"))) {
    report.add(place("directory_permissions"), "directory_permissions needs create_directory",
               "add create_directory: true");
  }
}

void check_http(const Component& exporter, Reporter& report) {
  const Settings& settings = exporter.settings;
  const std::string compression = settings.text("compression").value_or("");
  const double level = settings.number("compression_params.level").value_or(0);
  const bool has_levels =
      compression == "gzip" || compression == "zlib" || compression == "deflate";
  const bool is_compressed = !compression.empty() && compression != "none";
  if (is_compressed && compression != "zstd" && level != 0 &&
      !(has_levels && level >= -2 && level <= 9)) {
    report.add(settings.place("compression_params.level", exporter.place),
               fmt::format("{} has no level {}", compression, number_words(level)),
               has_levels ? "the levels are -2 to 9" : "remove it");
  }
}

void check_headers(const Component& exporter, Reporter& report) {
  std::unordered_set<std::string_view> seen;
  for (const collector::Setting& setting : exporter.settings.all()) {
    if (setting.path.starts_with("headers/") && !seen.insert(setting.path).second) {
      report.add(setting.place,
                 fmt::format("the header {} is there twice", shown(setting.path.substr(8))),
                 "remove one of them");
    }
  }
}

void check_authenticators(const collector::Collector& model, Reporter& report) {
  for (const Component* const each : model.of_types(Section::extensions, {"basicauth"})) {
    const bool has_passwords = each->settings.is_given("htpasswd");
    const bool has_own = each->settings.is_given("client_auth");
    if (!each->is_unknown && has_passwords == has_own) {
      report.add(each->place,
                 has_own ? "basicauth has both htpasswd and client_auth"
                         : "basicauth has neither htpasswd nor client_auth",
                 "htpasswd is for receivers, client_auth for exporters: give one of them");
    }
  }
  for (const Component* const each : model.of_types(Section::extensions, {"bearertokenauth"})) {
    const bool has_token = each->settings.is_given("token");
    const bool has_tokens = each->settings.find("tokens[0]") != nullptr;
    const bool has_file = each->settings.is_given("filename");
    if (!each->is_unknown && !has_token && !has_tokens && !has_file) {
      report.add(each->place, "bearertokenauth has no token", "write token, tokens or filename");
    } else if (has_token && has_tokens) {
      report.add(each->place, "bearertokenauth has both token and tokens", "remove one of them");
    }
  }
}

// Beside the keys of the declarative configuration it holds attributes, whose values are text.
void check_own_resource(const yaml::Document& document, const Settings& settings,
                        Reporter& report) {
  const collector::Setting* const resource = settings.find("resource");
  if (resource == nullptr || resource->value.type != collector::ValueType::map) {
    return;
  }
  for (const yaml::Document::Entry& entry : document.entries(resource->node)) {
    const yaml::Node& value = document.node(document.resolve(entry.value));
    const std::string_view name = document.node(entry.key).text;
    const bool is_declarative = name == "attributes" || name == "attributes_list" ||
                                name == "detectors" || name == "detection/development";
    const bool is_text = value.kind == yaml::NodeKind::null ||
                         (value.kind == yaml::NodeKind::scalar &&
                          (!value.is_plain() || value.text.find('$') != std::string_view::npos ||
                           collector::typed(value.text).type == collector::ValueType::text));
    if (!is_declarative && !is_text) {
      report.add(place_of(document, entry.key, entry.value, resource->place.path),
                 fmt::format("the resource attribute {} is no text", shown(name)), "quote it");
    }
  }
}

void check_paths(const Component& receiver, Reporter& report) {
  for (const std::string_view signal : {"traces", "metrics", "logs"}) {
    const std::string key = fmt::format("protocols.http.{}_url_path", signal);
    const auto path = receiver.settings.text(key);
    const std::string_view flaw = path ? collector::flaw_of_url(*path) : std::string_view();
    if (!flaw.empty()) {
      report.add(receiver.settings.place(key, receiver.place),
                 fmt::format("{} is no path of a URL: {}", shown(*path), flaw), "write /PATH");
    }
  }
}

void check_telemetry(const collector::Collector& model, const yaml::Document& document,
                     Reporter& report) {
  const Settings& settings = model.telemetry;
  const std::string level = to_lower(settings.text("metrics.level").value_or("normal"));
  const bool is_level_known = !settings.is_unknown("metrics.level");
  const collector::Setting* const readers = settings.find("metrics.readers");
  if (readers != nullptr && readers->value.type == collector::ValueType::list &&
      settings.find("metrics.readers[0]") == nullptr && level != "none" && is_level_known) {
    report.add(readers->place, "metrics.readers is empty while the level is not none",
               "remove readers for the default, or write level: none");
  }
  check_own_resource(document, settings, report);
  if (settings.is_given("metrics.views") && level != "detailed" && is_level_known) {
    report.add(settings.place("metrics.views", {}), "metrics.views needs level: detailed",
               "write level: detailed");
  }
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const Component& exporter : model.list(Section::exporters).items) {
    check_headers(exporter, report);
    if (exporter.type == "debug") {
      check_debug(exporter, report);
    } else if (exporter.type == "file" && !exporter.is_unknown) {
      check_file(exporter, report);
    } else if (exporter.type == "otlp_http" || exporter.type == "otlphttp") {
      check_http(exporter, report);
    }
  }
  check_authenticators(model, report);
  check_telemetry(model, subject.parsed.document, report);
  for (const Component* const receiver : model.of_types(Section::receivers, {"otlp"})) {
    check_paths(*receiver, report);
  }
}

}  // namespace

Rule otc721_contradicting_settings() {
  return {
      .code = "OTC721",
      .name = "contradicting-settings",
      .severity = Severity::error,
      .summary = "Settings of a component are missing or exclude each other",
      .rationale =
          "Some settings need or exclude others; the Collector refuses the file where the "
          "component says so.",
      .bad = R"(file:
  path: spans.json
  append: true
  rotation: {max_days: 1}
)",
      .good = R"(file:
  path: spans.json
  rotation: {max_days: 1}
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
