// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "query/protobuf_feed.hpp"

namespace otelctl::query {

// The messages that OTLP traces are made of as protobuf (opentelemetry/proto/trace/v1/trace.proto
// and common/v1/common.proto), by the place where they stand.
enum class OtlpNode : std::uint8_t {
  tempo_answer,
  traces,
  resource_spans,
  resource,
  scope_spans,
  scope,
  span,
  status,
  event,
  link,
  attribute,
  value,  // of an attribute
  array_value,
  element,  // a value in an array
  map_value,
  map_entry,
  entry_value,  // a value in a map
};

// What the field of this number is there; nothing for one that OTLP does not have.
ProtobufField otlp_field(OtlpNode node, std::uint32_t number);
// The name of the message, for errors.
std::string_view otlp_message_name(OtlpNode node);

}  // namespace otelctl::query
