// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What the numbers and texts in OTLP's messages mean, by the numbers of
// opentelemetry/proto/trace/v1/trace.proto and common/v1/common.proto.
#include <bit>

#include "base/base64.hpp"
#include "query/otlp_protobuf_impl.hpp"
#include "query/scalars.hpp"

namespace otelctl::query {
namespace {

using trace::ValueType;
using Node = OtlpNode;

JsonScalar integer_scalar(std::uint64_t number) {
  JsonScalar scalar{JsonScalar::Type::integer};
  scalar.integer = static_cast<std::int64_t>(number);
  return scalar;
}

JsonScalar text_scalar(std::string_view text) {
  JsonScalar scalar{JsonScalar::Type::text};
  scalar.text = text;
  return scalar;
}

template <typename IdType>
IdType id_of_bytes(std::string_view bytes) {
  return from_bytes<IdType>(bytes).value_or(IdType{});
}

}  // namespace

void OtlpProtobufReader::Impl::number(std::uint8_t node, std::uint32_t field, std::uint64_t value) {
  const auto small = static_cast<std::uint32_t>(value);
  switch (Node{node}) {
    case Node::tempo_answer:
      m_is_partial = value == 1;  // PartialStatus.PARTIAL
      break;
    case Node::span:
      span_number(field, value);
      break;
    case Node::status:
      m_span.status = to_span_status(integer_scalar(value));
      break;
    case Node::event:
      if (field == 1) {
        m_event.time = trace::time_from_unix(value);
      } else {
        m_event.dropped_attributes = small;
      }
      break;
    case Node::link:
      (field == 5 ? m_link.dropped_attributes : m_link.flags) = small;
      break;
    case Node::value:
    case Node::element:
    case Node::entry_value:
      value_number(field, value);
      break;
    default:
      break;
  }
}

void OtlpProtobufReader::Impl::span_number(std::uint32_t field, std::uint64_t value) {
  const auto small = static_cast<std::uint32_t>(value);
  switch (field) {
    case 6:
      m_span.kind = to_span_kind(integer_scalar(value));
      break;
    case 7:
      m_start = value;
      break;
    case 8:
      m_end = value;
      break;
    case 10:
      m_span.dropped_attributes = small;
      break;
    case 12:
      m_span.dropped_events = small;
      break;
    case 14:
      m_span.dropped_links = small;
      break;
    case 16:
      m_span.flags = small;
      break;
    default:
      break;
  }
}

void OtlpProtobufReader::Impl::value_number(std::uint32_t field, std::uint64_t value) {
  if (field == 3) {
    m_value.scalar(ValueType::integer, integer_scalar(value));
    return;
  }
  JsonScalar scalar{field == 2 ? JsonScalar::Type::boolean : JsonScalar::Type::real};
  scalar.boolean = value != 0;
  scalar.real = std::bit_cast<double>(value);
  m_value.scalar(field == 2 ? ValueType::boolean : ValueType::real, scalar);
}

bool OtlpProtobufReader::Impl::text(std::uint8_t node, std::uint32_t field,
                                    std::string_view content) {
  switch (Node{node}) {
    case Node::tempo_answer:
      m_message = content;
      break;
    case Node::scope:
      (field == 1 ? m_builder.scope(m_scope).name : m_builder.scope(m_scope).version) =
          m_builder.intern(content);
      break;
    case Node::span:
      return span_text(field, content);
    case Node::status:
      m_span.status_message = m_builder.intern(content);
      break;
    case Node::event:
      m_event.name = m_builder.intern(content);
      break;
    case Node::link:
      if (field == 1) {
        m_link.trace_id = id_of_bytes<TraceId>(content);
      } else if (field == 2) {
        m_link.span_id = id_of_bytes<SpanId>(content);
      } else {
        m_link.trace_state = m_builder.intern(content);
      }
      break;
    case Node::attribute:
      m_attribute.key = m_builder.intern(content);
      break;
    case Node::map_entry:
      m_value.entry_key(content);
      break;
    case Node::value:
    case Node::element:
    case Node::entry_value:
      value_text(field, content);
      break;
    default:
      break;
  }
  return true;
}

// False for ids that are not as long as ids are.
bool OtlpProtobufReader::Impl::span_text(std::uint32_t field, std::string_view content) {
  switch (field) {
    case 1:
      m_trace_id = id_of_bytes<TraceId>(content);
      return content.size() == m_trace_id.bytes.size();
    case 2:
      m_span.id = id_of_bytes<SpanId>(content);
      return content.size() == m_span.id.bytes.size();
    case 3:
      m_span.trace_state = m_builder.intern(content);
      return true;
    case 4:
      m_span.parent_id = id_of_bytes<SpanId>(content);
      return true;
    default:
      m_span.name = m_builder.intern(content);
      return true;
  }
}

void OtlpProtobufReader::Impl::value_text(std::uint32_t field, std::string_view content) {
  if (field == 1) {
    m_value.scalar(ValueType::text, text_scalar(content));
  } else {
    m_value.scalar(ValueType::bytes, text_scalar(encode_base64(content)));
  }
}

}  // namespace otelctl::query
