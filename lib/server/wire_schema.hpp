// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace otelctl::server {

// The messages of the three export requests (OTLP 1.11.0), as far as the wire scan must know them.
enum class Message : std::uint8_t {
  trace_request,
  resource_spans,
  scope_spans,
  span,
  event,
  link,
  status,
  metrics_request,
  resource_metrics,
  scope_metrics,
  metric,
  gauge,
  sum,
  histogram,
  exponential_histogram,
  summary,
  number_point,
  histogram_point,
  exponential_point,
  buckets,
  summary_point,
  value_at_quantile,
  exemplar,
  logs_request,
  resource_logs,
  scope_logs,
  log_record,
  resource,
  scope,
  key_value,
  any_value,
  array_value,
  key_value_list,
};
inline constexpr std::size_t k_message_count =
    static_cast<std::size_t>(Message::key_value_list) + 1;

// What a field's bytes are. `unknown` is a field that the scan skips.
enum class FieldKind : std::uint8_t {
  unknown,
  varint,
  fixed32,
  fixed64,
  text,
  bytes,
  message,
  varints,   // repeated, packed or not
  fixed64s,  // repeated, packed or not
};

struct FieldRule {
  FieldKind kind = FieldKind::unknown;
  Message message = Message::any_value;  // of a field of kind `message`
};

inline constexpr std::size_t k_highest_field = 16;

// The rules of one message, by field number; small, because the scan looks into it at every field.
struct MessageRules {
  std::array<FieldRule, k_highest_field + 1> fields{};
};

extern const std::array<MessageRules, k_message_count> k_rules;

inline const MessageRules& rules_of(Message message) {
  return k_rules[static_cast<std::size_t>(message)];
}

// For messages to people: "Span", and "name" or "field 17".
std::string_view name_of(Message message);
std::string_view field_name(Message message, std::uint32_t field);

}  // namespace otelctl::server
