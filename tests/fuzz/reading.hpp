// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/byte_reader.hpp"
#include "query/json_events.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/support/trace_dump.hpp"
#include "trace/builder.hpp"

namespace otelctl::fuzz {

inline std::string_view bytes_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void require_within(trace::Range range, std::size_t size) {
  require(range.first <= size && range.count <= size - range.first, "a range lies in its column");
}

// What is read refers to what is there.
inline void require_sound(const std::vector<trace::Trace>& traces) {
  for (const trace::Trace& trace : traces) {
    const trace::Columns& columns = *trace.columns;
    require(trace.id.is_valid() && !trace.spans.empty(), "a trace has an id and spans");
    for (const trace::Span& span : trace.spans) {
      require(span.id.is_valid(), "a span has an id");
      require(span.resource < columns.resources.size(), "a span's resource is there");
      require(span.scope < columns.scopes.size(), "a span's scope is there");
      require_within(columns.resources[span.resource].attributes, columns.attributes.size());
      require_within(columns.scopes[span.scope].attributes, columns.attributes.size());
      require_within(span.attributes, columns.attributes.size());
      require_within(span.events, columns.events.size());
      require_within(span.links, columns.links.size());
      require_within(span.warnings, columns.warnings.size());
      for (const trace::Event& event : trace.events(span)) {
        require_within(event.attributes, columns.attributes.size());
      }
      for (const trace::Link& link : trace.links(span)) {
        require_within(link.attributes, columns.attributes.size());
      }
    }
  }
}

// What the whole text comes to; an error's message where it is not read.
inline std::string read_all(trace::TraceBuilder& builder, query::ByteReader& reader,
                            std::string_view bytes, std::size_t piece) {
  Result<void> read;
  for (std::size_t at = 0; read && at < bytes.size(); at += piece) {
    read = reader.feed(bytes.substr(at, piece));
  }
  if (read) {
    read = reader.finish();
  }
  if (!read) {
    require(read.error().kind == ErrorKind::not_understood, "the fault lies in the bytes");
    require_printable(read.error().message);
    return "not read";
  }
  const std::vector<trace::Trace> traces = builder.finish();
  require_sound(traces);
  return test::dump(traces);
}

// Reads the bytes at once and in pieces with the readers that `make` makes.
template <typename Make>
void require_same_in_pieces(std::string_view bytes, const Make& make) {
  const auto read = [&](std::size_t piece) {
    trace::TraceBuilder builder;
    const auto reader = make(builder);
    return read_all(builder, *reader, bytes, piece);
  };
  const std::string whole = read(std::max<std::size_t>(bytes.size(), 1));
  require(read(1) == whole, "single bytes are read as the whole is");
  require(read(bytes.size() % 61 + 2) == whole, "pieces are read as the whole is");
}

// A reader of JSON with what feeds it.
template <typename Reader>
class JsonReading final : public query::ByteReader {
 public:
  explicit JsonReading(trace::TraceBuilder& builder) : m_reader(builder), m_feed(m_reader) {}
  Result<void> feed(std::string_view bytes) override { return m_feed.feed(bytes); }
  Result<void> finish() override { return m_feed.finish(); }

 private:
  Reader m_reader;
  query::JsonFeed m_feed;
};

template <typename Reader>
int run_json_reader(const std::uint8_t* data, std::size_t size) {
  require_same_in_pieces(bytes_of(data, size), [](trace::TraceBuilder& builder) {
    return std::make_unique<JsonReading<Reader>>(builder);
  });
  return 0;
}

}  // namespace otelctl::fuzz
