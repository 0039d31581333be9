// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/attribute_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "trace/value_json.hpp"

namespace otelctl::report {
namespace {

using trace::ValueType;

// The place after the string that begins with the quote at `at`.
std::size_t end_of_string(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    at += json[at] == '\\' ? 1U : 0U;
  }
  return std::min(at + 1, json.size());
}

// The place after the value that begins at `at`.
std::size_t end_of_value(std::string_view json, std::size_t at) {
  std::size_t open = 0;
  while (at < json.size()) {
    const char c = json[at];
    if (open == 0 && (c == ',' || c == '}' || c == ']')) {
      return at;
    }
    if (c == '"') {
      at = end_of_string(json, at);
      continue;
    }
    open += c == '{' || c == '[' ? 1U : 0U;
    open -= c == '}' || c == ']' ? 1U : 0U;
    ++at;
  }
  return at;
}

}  // namespace

std::string redact_json(std::string_view json) {
  const std::string hidden = to_json_string(k_redacted);
  std::string safe;
  safe.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] != '"') {
      safe += json[at++];
      continue;
    }
    const std::size_t end = end_of_string(json, at);
    const std::string_view quoted = json.substr(at, end - at);
    const std::string_view inner = quoted.substr(1, quoted.size() < 2 ? 0 : quoted.size() - 2);
    const bool is_key = end < json.size() && json[end] == ':';
    at = end;
    if (!is_key) {
      safe += looks_secret(inner) ? std::string_view(hidden) : quoted;
      continue;
    }
    safe += quoted;
    safe += ':';
    ++at;
    const bool has_content =
        at < json.size() && std::string_view("\"[{").find(json[at]) != std::string_view::npos;
    if (has_content && is_secret_name(inner)) {
      safe += hidden;
      at = end_of_value(json, at);
    }
  }
  return safe;
}

std::string shown_value_json(const trace::Trace& trace, const trace::Attribute& attribute) {
  const ValueType type = attribute.value.type();
  std::string json = trace::value_json(trace.columns->texts, attribute.value);
  if (type != ValueType::text && type != ValueType::bytes && type != ValueType::array &&
      type != ValueType::map) {
    return json;
  }
  return is_secret_name(trace.text(attribute.key)) ? to_json_string(k_redacted) : redact_json(json);
}

void AttributeWriter::write(JsonWriter& json, trace::Range range) {
  const auto attributes = m_trace.attributes(range);
  const bool has_repeats = note_repeats(attributes);
  json.begin_object();
  for (const trace::Attribute& attribute : attributes) {
    const std::string_view key = m_trace.text(attribute.key);
    const std::size_t seen = has_repeats ? ++m_seen[attribute.key] : 1;
    json.key(seen == 1 ? std::string(key) : fmt::format("{}#{}", key, seen));
    json.raw(shown_value_json(m_trace, attribute));
  }
  json.end_object();
}

// Whether a key is there twice. Counting each would cost more than writing them.
bool AttributeWriter::note_repeats(std::span<const trace::Attribute> attributes) {
  m_keys.clear();
  for (const trace::Attribute& attribute : attributes) {
    m_keys.push_back(attribute.key);
  }
  std::sort(m_keys.begin(), m_keys.end());
  m_seen.clear();
  return std::adjacent_find(m_keys.begin(), m_keys.end()) != m_keys.end();
}

}  // namespace otelctl::report
