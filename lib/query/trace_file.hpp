// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/gzip.hpp"
#include "query/byte_reader.hpp"
#include "query/framed_protobuf.hpp"
#include "query/json_traces.hpp"
#include "query/otlp_protobuf.hpp"
#include "query/trace_format.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Reads the traces of one file, whatever its name says, by its first bytes: JSON (json_traces.hpp),
// one OTLP protobuf message, such messages with their lengths before them, and each of these
// compressed with gzip. At most 16 GiB, unpacked. Errors, of kind not_understood, begin with the
// file's name and name the line or the byte.
class TraceFile final : public ByteReader {
 public:
  // `name` is what messages call the file.
  TraceFile(trace::TraceBuilder& builder, std::string name);

  Result<void> feed(std::string_view bytes) override;
  // Not understood is also what holds other signals only.
  Result<void> finish() override;

  // Of the first traces; nothing where the file is well-formed and holds none.
  std::optional<TraceFormat> format() const;
  // After finish(): what was passed over or cut off.
  const std::vector<std::string>& notes() const { return m_notes; }

 private:
  Result<void> take(std::string_view bytes);
  Result<void> begin(bool is_all);
  Result<void> refuse(std::string_view what, std::string_view hint = k_formats_hint) const;
  Result<void> hand(std::string_view bytes);
  Result<void> finish_format();
  Result<void> note_others();

  trace::TraceBuilder& m_builder;
  std::string m_name;
  bool m_is_begun = false;
  std::unique_ptr<net::GzipStream> m_gzip;
  std::uint64_t m_bytes = 0;  // unpacked
  std::string m_first;        // kept until it tells the format
  // One of them, once it is known.
  std::optional<JsonTraces> m_json;
  std::optional<OtlpProtobufReader> m_message;
  std::optional<FramedProtobuf> m_framed;
  std::vector<std::string> m_notes;
};

}  // namespace otelctl::query
