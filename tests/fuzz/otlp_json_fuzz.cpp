// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// OTLP JSON from a backend or a file.
#include "query/otlp_json.hpp"
#include "tests/fuzz/reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return otelctl::fuzz::run_json_reader<otelctl::query::OtlpJsonReader>(data, size);
}
