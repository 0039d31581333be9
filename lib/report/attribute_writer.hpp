// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_writer.hpp"
#include "trace/trace.hpp"

namespace otelctl::report {

// Writes the attributes of spans, events, links and resources as JSON objects, one after the other,
// without their secrets.
class AttributeWriter {
 public:
  // Borrows the trace.
  explicit AttributeWriter(const trace::Trace& trace) : m_trace(trace) {}
  explicit AttributeWriter(trace::Trace&&) = delete;

  // One object. A key that comes again gets a number ("http.url#2"): Jaeger's tags may repeat, a
  // JSON object's keys should not, and nothing may be lost.
  void write(JsonWriter& json, trace::Range range);

 private:
  bool note_repeats(std::span<const trace::Attribute> attributes);

  const trace::Trace& m_trace;
  std::vector<trace::Text> m_keys;
  std::unordered_map<trace::Text, std::size_t> m_seen;
};

// The value as trace::value_json() has it, or the redaction as a JSON string; within arrays and
// maps only what is secret is replaced. Numbers and truths are no secrets:
// gen_ai.usage.input_tokens is named like one.
std::string shown_value_json(const trace::Trace& trace, const trace::Attribute& attribute);

// Compact JSON with every secret in it replaced: texts, arrays and maps under the name of one, and
// strings that look like one.
std::string redact_json(std::string_view json);

}  // namespace otelctl::report
