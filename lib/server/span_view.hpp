// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "otlp/wire_reader.hpp"

namespace otelctl::server {

// Views into a serialized TracesData that passed the scan. Nothing is copied or built; repeated
// fields are walked with for_each.

struct ScopeView {
  std::string_view name{};
  std::string_view version{};
  std::string_view content{};  // attributes are its field k_attributes
  static constexpr std::uint32_t k_attributes = 3;
};

struct SpanView {
  std::string_view trace_id{};
  std::string_view span_id{};
  std::string_view trace_state{};
  std::string_view parent_id{};
  std::string_view name{};
  std::uint32_t kind = 0;
  std::uint64_t start = 0;  // Unix nanoseconds
  std::uint64_t end = 0;
  std::uint32_t status = 0;  // Status.StatusCode
  std::string_view status_message{};
  std::string_view content{};
  static constexpr std::uint32_t k_attributes = 9;
  static constexpr std::uint32_t k_events = 11;
  static constexpr std::uint32_t k_links = 13;

  // Whether it has a parent: an id that is not empty and not all zero.
  bool has_parent() const;
};

struct EventView {
  std::uint64_t time = 0;
  std::string_view name{};
  std::string_view content{};
  static constexpr std::uint32_t k_attributes = 3;
};

struct LinkView {
  std::string_view trace_id{};
  std::string_view span_id{};
  std::string_view content{};
  static constexpr std::uint32_t k_attributes = 4;
};

struct AttributeView {
  std::string_view key{};
  std::string_view value{};  // an AnyValue
};

inline constexpr std::uint32_t k_span_kind_server = 2;
inline constexpr std::uint32_t k_span_kind_client = 3;
inline constexpr std::uint32_t k_status_ok = 1;
inline constexpr std::uint32_t k_status_error = 2;

ScopeView scope_view(std::string_view content);
SpanView span_view(std::string_view content);
EventView event_view(std::string_view content);
LinkView link_view(std::string_view content);
AttributeView attribute_view(std::string_view content);

// Calls with the content of each occurrence of the field, in order, until one call returns false;
// returns whether all returned true.
template <typename Function>
bool for_each(std::string_view message, std::uint32_t number, const Function& call) {
  otlp::WireReader reader(message);
  for (otlp::WireField field; reader.next(field);) {
    if (field.number == number && !call(field.content)) {
      return false;
    }
  }
  return true;
}

// The last occurrence of a field that is not repeated; empty when it is not there.
std::string_view single(std::string_view message, std::uint32_t number);

// The value (an AnyValue) of the first attribute with the key, as pdata's Map.Get finds it.
std::optional<std::string_view> find_attribute(std::string_view message, std::uint32_t attributes,
                                               std::string_view key);

// Calls with the resource's content, the scope and the span for each span, in order, until one call
// returns false.
template <typename Function>
bool for_each_span(std::string_view traces, const Function& call) {
  return for_each(traces, 1, [&](std::string_view resource_spans) {
    const std::string_view resource = single(resource_spans, 1);
    return for_each(resource_spans, 2, [&](std::string_view scope_spans) {
      const ScopeView scope = scope_view(single(scope_spans, 1));
      return for_each(scope_spans, 2, [&](std::string_view span) {
        return call(resource, scope, span_view(span));
      });
    });
  });
}

}  // namespace otelctl::server
