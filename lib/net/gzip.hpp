// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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

}  // namespace otelctl::net
