// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// OTLP protobuf from a backend or a file, bare and as Tempo's answer.
#include <memory>

#include "query/otlp_protobuf.hpp"
#include "tests/fuzz/reading.hpp"

using namespace otelctl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const auto message : {query::OtlpMessage::traces_data, query::OtlpMessage::tempo_answer}) {
    fuzz::require_same_in_pieces(fuzz::bytes_of(data, size), [&](trace::TraceBuilder& builder) {
      return std::make_unique<query::OtlpProtobufReader>(builder, message);
    });
  }
  return 0;
}
