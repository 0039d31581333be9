// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "query/byte_reader.hpp"
#include "query/otlp_protobuf.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Reads OTLP protobuf messages that each have their length before them, 4 bytes with the most
// significant first, as the Collector's file exporter writes them with `format: proto`. A message
// has at most 256 MiB, and at most 100,000 empty ones come in a row. Error kind: not_understood;
// the message names the byte of the file.
class FramedProtobuf final : public ByteReader {
 public:
  explicit FramedProtobuf(trace::TraceBuilder& builder) : m_builder(builder) {}

  Result<void> feed(std::string_view bytes) override;
  // A last message that is cut short is an error only where no other was whole.
  Result<void> finish() override;

  // Records that are no spans.
  std::size_t left_out() const { return m_left_out; }
  // Set after finish(): the byte with which the message begins that is cut short.
  std::optional<std::uint64_t> cut_at() const { return m_cut_at; }

 private:
  bool take_length(std::string_view& bytes);
  Result<void> begin_message();
  Result<void> end_message();

  trace::TraceBuilder& m_builder;
  std::optional<OtlpProtobufReader> m_message;
  std::uint64_t m_at = 0;
  std::uint64_t m_begun_at = 0;  // where the length of the last message stands
  std::uint32_t m_left = 0;      // of the message
  std::uint32_t m_length = 0;
  unsigned m_length_bytes = 0;
  unsigned m_empty_in_row = 0;
  std::size_t m_whole = 0;
  std::size_t m_left_out = 0;
  std::optional<std::uint64_t> m_cut_at;
};

}  // namespace otelctl::query
