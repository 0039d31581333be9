// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "query/byte_reader.hpp"
#include "query/limits.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// The outermost message.
enum class OtlpMessage : std::uint8_t {
  traces_data,   // TracesData, the same on the wire as ExportTraceServiceRequest and Tempo's Trace
  tempo_answer,  // TraceByIDResponse of Tempo's /api/v2/traces (pkg/tempopb/tempo.proto)
};

// Reads OTLP traces as protobuf, in pieces of any size. Fields may come in any order; what it does
// not know it passes over. Limits and errors: protobuf_feed.hpp, limits.hpp. Bytes in messages are
// counted from `first_byte`.
class OtlpProtobufReader final : public ByteReader {
 public:
  explicit OtlpProtobufReader(trace::TraceBuilder& builder,
                              OtlpMessage message = OtlpMessage::traces_data,
                              const SourceWords& words = k_answer_words,
                              std::uint64_t first_byte = 0);
  ~OtlpProtobufReader() override;
  OtlpProtobufReader(const OtlpProtobufReader&) = delete;
  OtlpProtobufReader& operator=(const OtlpProtobufReader&) = delete;

  Result<void> feed(std::string_view bytes) override;
  Result<void> finish() override;

  // Records that are no spans, because their ids are not as long as ids are. Protobuf does not say
  // what it holds: metrics and log records stand where spans do.
  std::size_t left_out() const;

  // Of a Tempo answer: whether it says that the trace is not whole, and its words about that.
  bool is_partial() const;
  const std::string& message() const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::query
