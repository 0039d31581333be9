// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/section_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

Section read(std::string_view text) {
  const auto parsed = otelctl::yaml::parse(std::string(text));
  std::vector<Issue> issues;
  auto section = read_section(parsed.document, "telemetry", {}, true, issues);
  REQUIRE(section.has_value());
  return std::move(*section);
}

}  // namespace

TEST_CASE("missing keys have their defaults, unreadable ones none") {
  const Section section = read("telemetry:\n  enabled: true\n  metrics: {enabled: maybe}\n");
  CHECK(section.flag(Key::enabled) == true);
  CHECK(section.is_set(Key::enabled));
  CHECK(section.flag(Key::tracing_enabled) == true);
  CHECK_FALSE(section.is_set(Key::tracing_enabled));
  CHECK_FALSE(section.flag(Key::metrics_enabled).has_value());
  CHECK(section.number(Key::sampler_ratio) == 1.0);
  CHECK(section.text(Key::endpoint) == "http://localhost:4317");
  CHECK(section.items(Key::headers).empty());
}

TEST_CASE("lists and maps keep the order of the file and drop what cannot be read") {
  const Section section = read(
      "telemetry:\n"
      "  tracing:\n"
      "    propagators: [b3, nope, baggage]\n"
      "  resource_attributes: {z: 1, y: two, x: \"${A:-b}\"}\n");
  const auto propagators = section.items(Key::propagators);
  REQUIRE(propagators.size() == 2);
  CHECK(propagators[0].text == "b3");
  CHECK(propagators[1].text == "baggage");
  CHECK(propagators[1].place.path == "telemetry.tracing.propagators[2]");
  const auto attributes = section.items(Key::resource_attributes);
  REQUIRE(attributes.size() == 2);
  CHECK(attributes[0].name == "y");
  CHECK(attributes[1].text == "b");
  CHECK(attributes[1].is_from_variable);
  CHECK(section.value(Key::resource_attributes).items.size() == 3);
}

TEST_CASE("the place of a missing key is the nearest map around it") {
  const Section section = read("telemetry:\n  exporters:\n    otlp: {}\n");
  CHECK(section.place(Key::endpoint).path == "telemetry.exporters.otlp");
  CHECK(section.place(Key::jaeger_enabled).path == "telemetry.exporters");
  CHECK(section.place(Key::enabled).path == "telemetry");
}

TEST_CASE("of a key given twice the last counts, as in Python") {
  CHECK(read("telemetry:\n  enabled: true\n  enabled: false\n").flag(Key::enabled) == false);
  CHECK(verdict("telemetry:\n  enabled: true\n  enabled: false\n") == "OTC002@3:3");
}

TEST_CASE("unknown keys are answered with what was meant") {
  const auto help_for = [](std::string_view text) { return only(check(text), "OTC103").help; };
  CHECK(help_for("telemetry:\n  serviceName: a\n") == "did you mean 'service_name'?");
  CHECK(help_for("telemetry:\n  tracing:\n    samplers: {}\n") == "did you mean 'sampler'?");
  CHECK(help_for("telemetry:\n  tracing: {sampler: {rate: 1}}\n") == "did you mean 'ratio'?");
  CHECK(help_for("telemetry:\n  metrics: {interval: 1}\n") ==
        "did you mean 'export_interval_ms'? its unit is milliseconds");
  CHECK(help_for("telemetry:\n  exporters: {otlp: {url: x}}\n") == "did you mean 'endpoint'?");
  CHECK(help_for("telemetry:\n  exporters: {zipkin: {}}\n").find("use otlp") != std::string::npos);
  CHECK(help_for("telemetry:\n  logging: {quux: 1}\n") ==
        "the keys here are enabled, inject_trace_context");
  CHECK(help_for("telemetry: {enabled:false}\n") == "a space is missing after ':'");
}

TEST_CASE("unknown keys are named with their place and path") {
  const Finding finding = only(check("telemetry:\n  tracing:\n    samplers: {}\n"), "OTC103");
  CHECK(finding.line == 3);
  CHECK(finding.column == 5);
  CHECK(finding.end_column == 13);
  CHECK(finding.place.path == "telemetry.tracing.samplers");
  CHECK(finding.message == "unknown key 'samplers' under tracing");
}

TEST_CASE("keys in the wrong place are told where they belong") {
  const Finding finding = only(check("telemetry:\n  ratio: 0.1\n"), "OTC108");
  CHECK(finding.message ==
        "'ratio' has no effect under the section: it belongs under tracing.sampler");
  CHECK(verdict("telemetry:\n  exporters:\n    endpoint: x\n") == "OTC108@3:5");
  // Several maps have it: nobody knows which is meant.
  CHECK(verdict("telemetry:\n  tracing: {sampler: {enabled: true}}\n") == "OTC103@2:23");
}

TEST_CASE("keys that are no text are refused") {
  CHECK(verdict("telemetry:\n  ? [a]\n  : b\n") == "OTC001@2:5");
  CHECK(verdict("telemetry:\n  ~: b\n") == "OTC102@2:3");
  CHECK(verdict("telemetry:\n  resource_attributes: {[a]: b}\n") == "OTC001@2:25");
}

TEST_CASE("a map where a list is wanted, and the reverse") {
  CHECK(verdict("telemetry:\n  tracing:\n    - enabled: true\n") == "OTC102@3:5");
  CHECK(verdict("telemetry:\n  tracing: yes\n") == "OTC102@2:12");
  CHECK(verdict("telemetry:\n  tracing:\n  logging: {}\n") == "OTC102@2:3");
  CHECK(only(check("telemetry:\n  exporters: {console: []}\n"), "OTC102").help ==
        "write {} for an empty map");
}
