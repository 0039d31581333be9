// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/id_text.hpp"

#include "base/base64.hpp"

namespace otelctl::query {

template <typename IdType>
std::optional<IdType> read_id(std::string_view text) {
  if (auto id = parse_hex<IdType>(text)) {
    return id;
  }
  // Longer text cannot be one: 16 bytes are 24 characters.
  if (text.size() > 24) {
    return std::nullopt;
  }
  const auto raw = decode_base64(text);
  return raw ? from_bytes<IdType>(*raw) : std::nullopt;
}

template std::optional<TraceId> read_id<TraceId>(std::string_view);
template std::optional<SpanId> read_id<SpanId>(std::string_view);

}  // namespace otelctl::query
