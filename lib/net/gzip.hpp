// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace otelctl::net {

// Compresses to one gzip member (RFC 1952) at zlib's default level.
std::string gzip(std::string_view plain);

// Unpacks gzip (all members, one after the other), never making more than `max_bytes`: a bomb of a
// few kilobytes otherwise unpacks to gigabytes. Error kind: not_understood, for a larger result and
// for damaged or cut short input.
Result<std::string> gunzip(std::string_view packed, std::uint64_t max_bytes);

// The same for data that comes in pieces; what it unpacks to is handed on in pieces, whose sum the
// taker bounds.
class GzipStream {
 public:
  using Taker = std::function<Result<void>(std::string_view plain)>;

  GzipStream();
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  // Error kind: not_understood, for damaged input; and whatever `take` answers.
  Result<void> feed(std::string_view packed, const Taker& take);
  // Error kind: not_understood, where the data is cut short.
  Result<void> finish() const;

 private:
  class Inflater;
  std::unique_ptr<Inflater> m_inflater;
  bool m_is_at_end = false;  // of a member
};

}  // namespace otelctl::net
