// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.hpp"

namespace otelctl::query {

// Takes the bytes of one answer or one file as they arrive, in pieces of any size, and keeps no
// more of them than it must. After an Error it is not called again. Error kind: not_understood.
class ByteReader {
 public:
  virtual ~ByteReader() = default;
  virtual Result<void> feed(std::string_view bytes) = 0;
  // All of it was there.
  virtual Result<void> finish() = 0;
};

}  // namespace otelctl::query
