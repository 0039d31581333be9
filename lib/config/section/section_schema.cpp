// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/section_schema.hpp"

#include <algorithm>
#include <array>

namespace otelctl::config {
namespace {

using enum ValueType;

constexpr double k_max_int = 2147483647;
constexpr double k_max_port = 65535;
constexpr double k_max_text = 65536;
constexpr std::string_view k_samplers =
    "always_on always_off traceidratio parentbased_traceidratio";
// Of the specification (context/api-propagators) and its third parties, deprecated last.
constexpr std::string_view k_propagators =
    "tracecontext baggage b3 b3multi xray none jaeger ottrace";

constexpr std::size_t k_count = static_cast<std::size_t>(Key::count);

constexpr std::array<KeySpec, k_count> k_keys{{
    {Key::section, Key::section, "", map},
    {Key::enabled, Key::section, "enabled", boolean, "false"},
    {Key::service_name, Key::section, "service_name", text, "agentmap", 1, 255},
    {Key::service_version, Key::section, "service_version", text, "0.3.0", 0, 255},
    {Key::tracing, Key::section, "tracing", map},
    {Key::tracing_enabled, Key::tracing, "enabled", boolean, "true"},
    {Key::sampler, Key::tracing, "sampler", map},
    {Key::sampler_type, Key::sampler, "type", text, "parentbased_traceidratio", 0, k_max_text,
     k_samplers},
    {Key::sampler_ratio, Key::sampler, "ratio", number, "1.0", 0, 1},
    {Key::propagators, Key::tracing, "propagators", text_list, "tracecontext baggage", 0,
     k_max_text, k_propagators},
    {Key::metrics, Key::section, "metrics", map},
    {Key::metrics_enabled, Key::metrics, "enabled", boolean, "true"},
    {Key::export_interval_ms, Key::metrics, "export_interval_ms", integer, "60000", 1, k_max_int},
    {Key::logging, Key::section, "logging", map},
    {Key::logging_enabled, Key::logging, "enabled", boolean, "true"},
    {Key::inject_trace_context, Key::logging, "inject_trace_context", boolean, "true"},
    {Key::exporters, Key::section, "exporters", map},
    {Key::otlp, Key::exporters, "otlp", map},
    {Key::otlp_enabled, Key::otlp, "enabled", boolean, "false"},
    {Key::endpoint, Key::otlp, "endpoint", text, "http://localhost:4317", 0, k_max_text},
    {Key::headers, Key::otlp, "headers", text_map, "", 0, k_max_text, "", true},
    {Key::compression, Key::otlp, "compression", text, "gzip", 0, k_max_text},
    {Key::timeout_ms, Key::otlp, "timeout_ms", integer, "10000", 0, k_max_int},
    {Key::jaeger, Key::exporters, "jaeger", map},
    {Key::jaeger_enabled, Key::jaeger, "enabled", boolean, "false"},
    {Key::agent_host, Key::jaeger, "agent_host", text, "localhost", 1, 255},
    {Key::agent_port, Key::jaeger, "agent_port", integer, "6831", 1, k_max_port},
    {Key::prometheus, Key::exporters, "prometheus", map},
    {Key::prometheus_enabled, Key::prometheus, "enabled", boolean, "false"},
    {Key::prometheus_port, Key::prometheus, "port", integer, "9464", 1, k_max_port},
    {Key::console, Key::exporters, "console", map},
    {Key::console_enabled, Key::console, "enabled", boolean, "false"},
    {Key::pretty_print, Key::console, "pretty_print", boolean, "true"},
    {Key::resource_attributes, Key::section, "resource_attributes", text_map, "", 0, k_max_text},
    {Key::instrumentation, Key::section, "instrumentation", map},
    {Key::instrument_fastapi, Key::instrumentation, "fastapi", boolean, "true"},
    {Key::instrument_requests, Key::instrumentation, "requests", boolean, "true"},
    {Key::instrument_langchain, Key::instrumentation, "langchain", boolean, "true"},
}};

constexpr bool is_indexed_by_key() {
  for (std::size_t index = 0; index < k_count; ++index) {
    if (static_cast<std::size_t>(k_keys[index].key) != index) {
      return false;
    }
  }
  return true;
}
static_assert(is_indexed_by_key());

struct Synonym {
  std::string_view other;
  Key key;
};

constexpr std::array<Synonym, 22> k_synonyms{{
    {"name", Key::service_name},
    {"version", Key::service_version},
    {"traces", Key::tracing},
    {"attributes", Key::resource_attributes},
    {"resource", Key::resource_attributes},
    {"exporter", Key::exporters},
    {"rate", Key::sampler_ratio},
    {"probability", Key::sampler_ratio},
    {"arg", Key::sampler_ratio},
    {"sampling_rate", Key::sampler_ratio},
    {"interval", Key::export_interval_ms},
    {"interval_ms", Key::export_interval_ms},
    {"export_interval", Key::export_interval_ms},
    {"url", Key::endpoint},
    {"uri", Key::endpoint},
    {"address", Key::endpoint},
    {"timeout", Key::timeout_ms},
    {"timeout_millis", Key::timeout_ms},
    {"host", Key::agent_host},
    {"port", Key::agent_port},
    {"pretty", Key::pretty_print},
    {"propagator", Key::propagators},
}};

}  // namespace

std::string_view type_words(ValueType type) {
  switch (type) {
    case ValueType::map:
    case ValueType::text_map:
      return "a map";
    case ValueType::boolean:
      return "true or false";
    case ValueType::integer:
      return "a whole number";
    case ValueType::number:
      return "a number";
    case ValueType::text:
      return "text";
    case ValueType::text_list:
      return "a list";
  }
  return "text";
}

std::span<const KeySpec> section_keys() {
  return k_keys;
}

const KeySpec& spec_of(Key key) {
  return k_keys[static_cast<std::size_t>(key)];
}

std::optional<Key> find_key(Key parent, std::string_view name) {
  const auto* const found = std::find_if(k_keys.begin() + 1, k_keys.end(), [&](const auto& spec) {
    return spec.parent == parent && spec.name == name;
  });
  return found == k_keys.end() ? std::nullopt : std::optional(found->key);
}

std::vector<std::string> child_names(Key parent) {
  std::vector<std::string> names;
  for (const KeySpec& spec : section_keys().subspan(1)) {
    if (spec.parent == parent) {
      names.emplace_back(spec.name);
    }
  }
  return names;
}

std::string path_of(Key key) {
  std::string path;
  for (; key != Key::section; key = spec_of(key).parent) {
    path.insert(0, path.empty() ? "" : ".").insert(0, spec_of(key).name);
  }
  return path;
}

std::optional<Key> find_elsewhere(std::string_view name) {
  std::optional<Key> found;
  for (const KeySpec& spec : section_keys().subspan(1)) {
    if (spec.name == name) {
      if (found) {
        return std::nullopt;
      }
      found = spec.key;
    }
  }
  return found;
}

std::optional<std::string_view> synonym(Key parent, std::string_view name) {
  const auto* const found =
      std::find_if(k_synonyms.begin(), k_synonyms.end(), [&](const Synonym& candidate) {
        return candidate.other == name && spec_of(candidate.key).parent == parent;
      });
  return found == k_synonyms.end() ? std::nullopt : std::optional(spec_of(found->key).name);
}

}  // namespace otelctl::config
