// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"

#include "base/ids.hpp"

namespace otelctl::testing {

using opentelemetry::proto::collector::trace::v1::ExportTraceServiceRequest;
using opentelemetry::proto::common::v1::AnyValue;
using opentelemetry::proto::trace::v1::ScopeSpans;
using opentelemetry::proto::trace::v1::Span;

inline TraceId trace_id(std::uint64_t number) {
  TraceId id;
  id.bytes[0] = 0x5A;
  for (std::size_t byte = 0; byte < 8; ++byte) {
    id.bytes[15 - byte] = static_cast<std::uint8_t>(number >> (8 * byte));
  }
  return id;
}

inline SpanId span_id(std::uint64_t number) {
  SpanId id;
  for (std::size_t byte = 0; byte < 8; ++byte) {
    id.bytes[7 - byte] = static_cast<std::uint8_t>(number >> (8 * byte));
  }
  return id;
}

// Builds an export request piece by piece.
class Request {
 public:
  explicit Request(std::string_view service = "", std::string_view scope = "") {
    if (!service.empty()) {
      add_service(service, scope);
    }
  }

  // The spans that follow are of this service.
  Request& add_service(std::string_view service, std::string_view scope = "") {
    auto* const resource = m_request.add_resource_spans();
    auto* const attribute = resource->mutable_resource()->add_attributes();
    attribute->set_key("service.name");
    attribute->mutable_value()->set_string_value(std::string(service));
    m_scope = resource->add_scope_spans();
    if (!scope.empty()) {
      m_scope->mutable_scope()->set_name(std::string(scope));
    }
    return *this;
  }

  Span& add_span(const TraceId& trace, std::uint64_t span, std::string_view name = "work",
                 std::uint64_t start = 1000, std::uint64_t end = 2000) {
    if (m_scope == nullptr) {
      m_scope = m_request.add_resource_spans()->add_scope_spans();
    }
    Span* const added = m_scope->add_spans();
    added->set_trace_id(std::string(trace.view()));
    added->set_span_id(std::string(span_id(span).view()));
    added->set_name(std::string(name));
    added->set_start_time_unix_nano(start);
    added->set_end_time_unix_nano(end);
    return *added;
  }

  ExportTraceServiceRequest& message() { return m_request; }
  std::string bytes() const { return m_request.SerializeAsString(); }

 private:
  ExportTraceServiceRequest m_request;
  ScopeSpans* m_scope = nullptr;
};

template <typename Message>
AnyValue& add_attribute(Message& message, std::string_view key) {
  auto* const attribute = message.add_attributes();
  attribute->set_key(std::string(key));
  return *attribute->mutable_value();
}

}  // namespace otelctl::testing
