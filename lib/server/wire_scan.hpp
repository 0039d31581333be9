// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/signal.hpp"
#include "otlp/wire_reader.hpp"
#include "otlp/wire_schema.hpp"

namespace otelctl::server {

// What scan_traces finds. All views point into the payload (or into `merged`).
struct ScannedResource {
  std::string_view resource{};  // the content of ResourceSpans.resource
  std::string_view schema_url{};
  std::string* merged = nullptr;  // where it lies, of one that stands twice
};

struct ScannedScope {
  std::size_t resource = 0;  // index into TraceScan::resources
  std::string_view scope{};  // the content of ScopeSpans.scope
  std::string_view schema_url{};
  std::string* merged = nullptr;
};

struct ScannedSpan {
  TraceId trace_id;
  std::uint32_t scope = 0;    // index into TraceScan::scopes
  std::uint32_t kind = 0;     // SpanKind as sent
  std::string_view record{};  // the field ScopeSpans.spans with its tag and length
  std::string_view name{};
  std::uint64_t start = 0;  // Unix nanoseconds
  std::uint64_t end = 0;
};

struct TraceScan {
  std::vector<ScannedResource> resources;
  std::vector<ScannedScope> scopes;
  std::vector<ScannedSpan> spans;  // those whose ids are valid, in the order of the payload
  std::uint64_t bad_trace_ids = 0;
  std::uint64_t bad_span_ids = 0;
  std::uint64_t bad_parent_ids = 0;
  std::uint64_t refused = 0;  // taken out of the payload before it was scanned; set by others
  // Protobuf merges a singular message that stands twice; its joined bytes then live here.
  std::deque<std::string> merged;

  std::uint64_t rejected() const { return bad_trace_ids + bad_span_ids + bad_parent_ids + refused; }
  void clear();
};

// Checks the bytes of export requests against the schema at every level without building messages:
// lengths, wire types, UTF-8 of strings, nesting. Unknown fields are skipped. What passes here is
// read by protobuf's parser without an error (its recursion limit set to k_max_nesting).
// Errors are of kind not_understood and name message, field and byte.
// Not thread-safe; reuse one for each thread.
class WireScanner {
 public:
  WireScanner();

  // A traces request; the spans with ids that are no ids are counted in `scan`, not an error.
  Result<void> scan_traces(std::string_view payload, TraceScan& scan);

  // A metrics or logs request: the number of its data points or log records.
  Result<std::uint64_t> count_items(Signal signal, std::string_view payload);

 private:
  using MessageSchema = otlp::MessageSchema;
  using FieldRule = otlp::FieldRule;
  using WireField = otlp::WireField;
  using WireReader = otlp::WireReader;

  struct Frame {
    WireReader reader;
    const MessageSchema* message = nullptr;
  };

  bool scan_resource_spans(std::string_view content, TraceScan& scan);
  bool scan_scope_spans(std::string_view content, std::size_t resource, TraceScan& scan);
  bool scan_span(const WireField& span, std::uint32_t scope, TraceScan& scan);
  // Everything in a message that is not looked into further.
  bool check(std::size_t message, std::string_view content, std::size_t nesting);
  bool check_field(const MessageSchema& message, const FieldRule& rule, const WireField& field);
  bool finish(const WireReader& reader, const MessageSchema& message);
  bool fail(const MessageSchema& message, std::uint32_t field, const char* place,
            const char* fault);
  Error error(std::string_view payload) const;

  const otlp::WireSchema& m_schema;
  const MessageSchema& m_request;
  const MessageSchema& m_resource_spans;
  const MessageSchema& m_scope_spans;
  const MessageSchema& m_span;
  std::size_t m_key_value;
  std::array<Frame, otlp::k_max_nesting> m_frames;
  std::vector<std::uint64_t> m_counts;  // by message
  struct Fault {
    const MessageSchema* message;
    std::uint32_t field;
    const char* place;
    const char* what;
  } m_fault{};
};

}  // namespace otelctl::server
