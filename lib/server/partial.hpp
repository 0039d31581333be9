// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/signal.hpp"

namespace otelctl::server {

// A serialized export request without the first `count` of its spans, data points or log records;
// `left_out` is how many there were. The payload must have passed the scanner.
struct Reduced {
  std::string payload;
  std::uint64_t left_out = 0;
};
Reduced without_first(Signal signal, std::string_view payload, std::uint64_t count);

}  // namespace otelctl::server
