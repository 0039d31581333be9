// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "query/json_events.hpp"
#include "query/otlp_json.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Reads a trace as Tempo answers it in JSON: {"batches": ...} (v1), or {"trace": ..., "status":
// "PARTIAL", "message": ...} (v2), of which it keeps what Tempo says about the trace.
class TempoJsonReader final : public JsonHandler {
 public:
  explicit TempoJsonReader(trace::TraceBuilder& builder) : m_spans(builder) {}

  void begin_object() override {
    ++m_depth;
    m_spans.begin_object();
  }
  void end_object() override {
    --m_depth;
    m_spans.end_object();
  }
  void begin_array() override {
    ++m_depth;
    m_spans.begin_array();
  }
  void end_array() override {
    --m_depth;
    m_spans.end_array();
  }
  void key(std::string_view name) override {
    if (m_depth == 1) {
      m_field = name;
    }
    m_spans.key(name);
  }
  void scalar(const JsonScalar& value) override {
    if (m_depth == 1 && m_field == "status") {
      // The enum PartialStatus: COMPLETE is 0, PARTIAL 1.
      m_is_partial = value.text == "PARTIAL" || value.integer == 1;
    } else if (m_depth == 1 && m_field == "message") {
      m_message = value.text;
    }
    m_spans.scalar(value);
  }
  Result<void> verdict() const override { return m_spans.verdict(); }

  bool is_partial() const { return m_is_partial; }
  const std::string& message() const { return m_message; }

 private:
  OtlpJsonReader m_spans;
  std::size_t m_depth = 0;
  std::string m_field;
  bool m_is_partial = false;
  std::string m_message;
};

}  // namespace otelctl::query
