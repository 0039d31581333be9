// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl::config {

// Every key of the `telemetry` section, the section itself first. The order is that of the table.
enum class Key : std::uint8_t {
  section,
  enabled,
  service_name,
  service_version,
  tracing,
  tracing_enabled,
  sampler,
  sampler_type,
  sampler_ratio,
  propagators,
  metrics,
  metrics_enabled,
  export_interval_ms,
  logging,
  logging_enabled,
  inject_trace_context,
  exporters,
  otlp,
  otlp_enabled,
  endpoint,
  headers,
  compression,
  timeout_ms,
  jaeger,
  jaeger_enabled,
  agent_host,
  agent_port,
  prometheus,
  prometheus_enabled,
  prometheus_port,
  console,
  console_enabled,
  pretty_print,
  resource_attributes,
  instrumentation,
  instrument_fastapi,
  instrument_requests,
  instrument_langchain,
  count,
};

enum class ValueType : std::uint8_t { map, boolean, integer, number, text, text_list, text_map };

// What a key wants: "a map", "true or false", "a whole number".
std::string_view type_words(ValueType type);

// What may stand at one key.
struct KeySpec {
  Key key;
  Key parent;  // of the section itself: the section
  std::string_view name;
  ValueType type;
  // What holds when the key is missing, as it would be written.
  std::string_view default_value = {};
  // Of integers and numbers: the range. Of text: its length in bytes.
  double least = 0;
  double most = 0;
  // Of text and of the items of a list: the only values, separated by spaces; empty for any.
  std::string_view choices = {};
  // Its values are secrets: never shown.
  bool is_secret = false;
};

// The table, indexed by Key. Source: the configuration model of AgentMap's telemetry plan, with the
// bounds of the OpenTelemetry specification where the model has none.
std::span<const KeySpec> section_keys();
const KeySpec& spec_of(Key key);

// The key called `name` directly under `parent`.
std::optional<Key> find_key(Key parent, std::string_view name);
// The names of all keys directly under it.
std::vector<std::string> child_names(Key parent);
// "tracing.sampler.ratio"; empty for the section itself.
std::string path_of(Key key);

// The one key anywhere in the section that has this name; nothing when several do ("enabled").
std::optional<Key> find_elsewhere(std::string_view name);
// The key that people mean by another usual name ("rate" for "ratio"), if it stands under `parent`.
std::optional<std::string_view> synonym(Key parent, std::string_view name);

}  // namespace otelctl::config
