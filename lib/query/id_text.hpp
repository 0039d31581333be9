// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/ids.hpp"

namespace otelctl::query {

// An id as one of the query APIs writes it: hex of either case, which may have lost its leading
// zeros, or the base64 of protobuf's JSON mapping (Jaeger up to 1.53, Tempo). Text of hex digits
// only is hex. Nothing for anything else.
template <typename IdType>
std::optional<IdType> read_id(std::string_view text);

// The same where an id that is none is no error: what it gives then is not valid.
template <typename IdType>
IdType id_or_none(std::string_view text) {
  return read_id<IdType>(text).value_or(IdType{});
}

}  // namespace otelctl::query
