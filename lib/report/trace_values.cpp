// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/trace_values.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "trace/nested_value.hpp"
#include "trace/value_json.hpp"

namespace otelctl::report {
namespace {

using trace::ValueType;

// Looks for secrets within an array or a map.
class SecretSearch final : public trace::nested::Visitor {
 public:
  void begin_array() override {}
  void end_array() override {}
  void begin_map() override {}
  void end_map() override {}
  void key(std::string_view name) override { m_found = m_found || is_secret_attribute(name); }
  void scalar(const trace::Scalar& scalar) override {
    m_found = m_found || (scalar.type == ValueType::text && looks_secret(scalar.text));
  }
  bool found() const { return m_found; }

 private:
  bool m_found = false;
};

bool holds_secret(ValueType type, std::string_view content) {
  if (type == ValueType::text) {
    return looks_secret(content);
  }
  if (type == ValueType::bytes) {
    return false;
  }
  SecretSearch search;
  trace::nested::visit(content, search);
  return search.found();
}

template <typename Content>
DistinctParts distinct(const trace::Trace& trace, const std::vector<std::uint32_t>& order,
                       std::uint32_t trace::Span::*part, std::size_t count, Content content) {
  constexpr std::uint32_t k_unknown = UINT32_MAX;
  DistinctParts parts;
  parts.number_of.assign(count, k_unknown);
  std::unordered_map<std::string, std::uint32_t> known;
  for (const std::uint32_t index : order) {
    const std::uint32_t place = trace.spans[index].*part;
    if (parts.number_of[place] != k_unknown) {
      continue;
    }
    const auto number = static_cast<std::uint32_t>(parts.places.size());
    const auto [found, is_new] = known.try_emplace(content(place), number);
    if (is_new) {
      parts.places.push_back(place);
    }
    parts.number_of[place] = found->second;
  }
  return parts;
}

std::string attributes_content(const trace::Trace& trace, trace::Range range) {
  std::string content;
  for (const trace::Attribute& attribute : trace.attributes(range)) {
    content += fmt::format(" {}={}{}", static_cast<std::uint32_t>(attribute.key),
                           static_cast<int>(attribute.value.type()),
                           trace::value_json(trace.columns->texts, attribute.value));
  }
  return content;
}

// Counting each key would cost more than writing them.
bool repeats_key(std::span<const trace::Attribute> attributes) {
  std::vector<trace::Text> keys;
  keys.reserve(attributes.size());
  for (const trace::Attribute& attribute : attributes) {
    keys.push_back(attribute.key);
  }
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

}  // namespace

TraceValues::TraceValues(const trace::Trace& trace)
    : m_trace(trace),
      m_keys(trace.columns->texts.size(), Verdict::unknown),
      m_values(trace.columns->texts.size(), Verdict::unknown) {}

bool TraceValues::is_secret(const trace::Attribute& attribute) {
  const ValueType type = attribute.value.type();
  const bool has_text = type == ValueType::text || type == ValueType::bytes ||
                        type == ValueType::array || type == ValueType::map;
  if (!has_text || attribute.value.text() == trace::Text::empty) {
    return false;
  }
  const auto ask = [](Verdict& verdict, auto judge) {
    if (verdict == Verdict::unknown) {
      verdict = judge() ? Verdict::secret : Verdict::harmless;
    }
    return verdict == Verdict::secret;
  };
  return ask(m_keys[static_cast<std::uint32_t>(attribute.key)],
             [&] { return is_secret_attribute(m_trace.text(attribute.key)); }) ||
         ask(m_values[static_cast<std::uint32_t>(attribute.value.text())],
             [&] { return holds_secret(type, m_trace.text(attribute.value.text())); });
}

std::string TraceValues::json(const trace::Attribute& attribute) {
  return is_secret(attribute) ? to_json_string(k_redacted)
                              : trace::value_json(m_trace.columns->texts, attribute.value);
}

std::string TraceValues::otlp_json(const trace::Attribute& attribute) {
  return is_secret(attribute) ? "{\"stringValue\":" + to_json_string(k_redacted) + "}"
                              : trace::otlp_value_json(m_trace.columns->texts, attribute.value);
}

std::string TraceValues::plain_json(const trace::Attribute& attribute) {
  return is_secret(attribute) ? to_json_string(k_redacted)
                              : trace::plain_value_json(m_trace.columns->texts, attribute.value);
}

std::string TraceValues::text(const trace::Attribute& attribute) {
  return is_secret(attribute) ? std::string(k_redacted)
                              : trace::value_text(m_trace.columns->texts, attribute.value);
}

void write_attribute_members(JsonWriter& json, const trace::Trace& trace, trace::Range range,
                             TraceValues& values) {
  const auto attributes = trace.attributes(range);
  const bool has_repeats = repeats_key(attributes);
  std::unordered_map<trace::Text, std::size_t> seen;
  for (const trace::Attribute& attribute : attributes) {
    const std::string_view key = trace.text(attribute.key);
    const std::size_t times = has_repeats ? ++seen[attribute.key] : 1;
    json.key(times == 1 ? std::string(key) : fmt::format("{}#{}", key, times));
    json.raw(values.json(attribute));
  }
}

DistinctParts distinct_resources(const trace::Trace& trace,
                                 const std::vector<std::uint32_t>& order) {
  const auto& resources = trace.columns->resources;
  return distinct(trace, order, &trace::Span::resource, resources.size(), [&](std::uint32_t place) {
    return fmt::format("{}", static_cast<std::uint32_t>(resources[place].service)) +
           attributes_content(trace, resources[place].attributes);
  });
}

DistinctParts distinct_scopes(const trace::Trace& trace, const std::vector<std::uint32_t>& order) {
  const auto& scopes = trace.columns->scopes;
  return distinct(trace, order, &trace::Span::scope, scopes.size(), [&](std::uint32_t place) {
    const trace::Scope& scope = scopes[place];
    return fmt::format("{} {}", static_cast<std::uint32_t>(scope.name),
                       static_cast<std::uint32_t>(scope.version)) +
           attributes_content(trace, scope.attributes);
  });
}

}  // namespace otelctl::report
