// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/environment.hpp"
#include "base/result.hpp"
#include "base/signal.hpp"

namespace otelctl::settings {

struct SectionValue {
  std::string text;    // after ${} substitution
  std::string origin;  // "FILE:LINE"
};

struct SectionPair {
  std::string key;
  SectionValue value;
};

// What a file says to an OTLP exporter, and who the service is: the telemetry section of an
// application (exporters.otlp), or declarative configuration of an SDK.
struct OtlpSection {
  // Of a section never: there the endpoint tells.
  std::optional<SectionValue> protocol = std::nullopt;
  std::optional<SectionValue> endpoint = std::nullopt;
  std::optional<SectionValue> compression = std::nullopt;
  std::optional<SectionValue> timeout_ms = std::nullopt;
  std::optional<SectionValue> service_name = std::nullopt;
  std::optional<SectionValue> service_version = std::nullopt;
  std::optional<SectionValue> ca_file = std::nullopt;
  std::optional<SectionValue> cert_file = std::nullopt;
  std::optional<SectionValue> key_file = std::nullopt;
  std::vector<SectionPair> headers = {};
  std::vector<SectionPair> resource_attributes = {};
  std::vector<std::string> notes = {};
};

// Reads the section called `section` of a YAML file; of a declarative SDK file that does not have
// it, the exporter of the signal. Only what an exporter needs is looked at: the
// rest is the business of `config validate`, which hints point to. Error kind: settings, with the
// place in the message.
Result<OtlpSection> read_otlp_section(const std::string& path, const std::string& section,
                                      const Environment& environment, Signal signal);

}  // namespace otelctl::settings
