// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/otlp_protobuf.hpp"

#include <bit>
#include <vector>

#include "base/base64.hpp"
#include "query/jaeger_words.hpp"
#include "query/otlp_messages.hpp"
#include "query/protobuf_feed.hpp"
#include "query/scalars.hpp"
#include "query/value_reader.hpp"

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
IdType id_or_none(std::string_view bytes) {
  return from_bytes<IdType>(bytes).value_or(IdType{});
}

}  // namespace

class OtlpProtobufReader::Impl final : public ProtobufHandler {
 public:
  Impl(trace::TraceBuilder& builder, OtlpMessage message, const SourceWords& words,
       std::uint64_t first_byte)
      : m_builder(builder),
        m_feed(*this,
               static_cast<std::uint8_t>(message == OtlpMessage::tempo_answer ? Node::tempo_answer
                                                                              : Node::traces),
               words, first_byte) {}

  ProtobufFeed& bytes() { return m_feed; }
  std::size_t left_out() const { return m_left_out; }
  bool is_partial() const { return m_is_partial; }
  const std::string& message() const { return m_message; }

  ProtobufField field_of(std::uint8_t node, std::uint32_t number) const override {
    return otlp_field(Node{node}, number);
  }
  std::string_view name_of(std::uint8_t node) const override {
    return otlp_message_name(Node{node});
  }

  void begin(std::uint8_t node) override;
  void end(std::uint8_t node) override;
  void number(std::uint8_t node, std::uint32_t field, std::uint64_t value) override;
  bool text(std::uint8_t node, std::uint32_t field, std::string_view content) override;

  // What stands in the place of a span but has no span's ids is another signal's record, and so it
  // is no fault that it has other fields.
  bool may_leave_out(std::uint8_t node) const override {
    return Node{node} == Node::span && !m_span.id.is_valid();
  }
  void leave_out(std::uint8_t /*node*/) override {
    ++m_left_out;
    m_value = {};
  }

  Result<void> verdict() const override { return check_span_count(m_builder); }

 private:
  void span_number(std::uint32_t field, std::uint64_t value);
  bool span_text(std::uint32_t field, std::string_view content);
  void value_number(std::uint32_t field, std::uint64_t value);
  void value_text(std::uint32_t field, std::string_view content);
  void end_attribute();
  void end_span();
  // Moves collected attributes into the columns.
  trace::Range keep(std::vector<trace::Attribute>& attributes);
  std::vector<trace::Attribute>& attributes_of(Node owner);

  trace::TraceBuilder& m_builder;
  ProtobufFeed m_feed;

  std::uint32_t m_resource = 0;
  std::uint32_t m_scope = 0;
  TraceId m_trace_id;
  trace::Span m_span;
  std::uint64_t m_start = 0;
  std::uint64_t m_end = 0;
  trace::Event m_event;
  trace::Link m_link;
  trace::Attribute m_attribute;
  ValueReader m_value;
  Node m_owner = Node::span;  // of the attributes that come
  // Fields may come in any order, columns want the attributes of one thing side by side.
  std::vector<trace::Attribute> m_resource_attributes;
  std::vector<trace::Attribute> m_scope_attributes;
  std::vector<trace::Attribute> m_span_attributes;
  std::vector<trace::Attribute> m_item_attributes;  // of an event or a link

  std::size_t m_left_out = 0;
  bool m_is_partial = false;
  std::string m_message;
};

void OtlpProtobufReader::Impl::begin(std::uint8_t node) {
  switch (Node{node}) {
    case Node::resource_spans:
      m_resource = m_builder.add_resource();
      m_resource_attributes.clear();
      break;
    case Node::scope_spans:
      m_scope = m_builder.add_scope();
      m_scope_attributes.clear();
      break;
    case Node::span:
      m_span = {};
      m_span.resource = m_resource;
      m_span.scope = m_scope;
      m_span.events.first = static_cast<std::uint32_t>(m_builder.columns().events.size());
      m_span.links.first = static_cast<std::uint32_t>(m_builder.columns().links.size());
      m_span_attributes.clear();
      m_trace_id = {};
      m_start = 0;
      m_end = 0;
      m_owner = Node::span;
      break;
    case Node::resource:
    case Node::scope:
      m_owner = Node{node};
      break;
    case Node::event:
      m_event = {};
      m_item_attributes.clear();
      m_owner = Node::event;
      break;
    case Node::link:
      m_link = {};
      m_item_attributes.clear();
      m_owner = Node::link;
      break;
    case Node::attribute:
      m_attribute = {};
      break;
    case Node::value:
    case Node::element:
    case Node::entry_value:
      m_value.begin();
      break;
    case Node::array_value:
      m_value.begin_array();
      break;
    case Node::map_value:
      m_value.begin_map();
      break;
    default:
      break;
  }
}

void OtlpProtobufReader::Impl::end(std::uint8_t node) {
  switch (Node{node}) {
    case Node::resource_spans:
      m_builder.resource(m_resource).attributes = keep(m_resource_attributes);
      m_builder.finish_resource(m_resource);
      break;
    case Node::scope_spans:
      m_builder.scope(m_scope).attributes = keep(m_scope_attributes);
      break;
    case Node::span:
      end_span();
      break;
    case Node::event:
      m_event.attributes = keep(m_item_attributes);
      m_builder.columns().events.push_back(m_event);
      ++m_span.events.count;
      m_owner = Node::span;
      break;
    case Node::link:
      m_link.attributes = keep(m_item_attributes);
      m_builder.columns().links.push_back(m_link);
      ++m_span.links.count;
      m_owner = Node::span;
      break;
    case Node::attribute:
      end_attribute();
      break;
    case Node::value:
      m_attribute.value = m_value.end(m_builder);
      break;
    case Node::element:
      m_value.end_inner(false);
      break;
    case Node::array_value:
      m_value.end_array();
      break;
    case Node::map_value:
      m_value.end_map();
      break;
    case Node::map_entry:
      m_value.end_entry();
      break;
    case Node::entry_value:
      m_value.end_inner(true);
      break;
    default:
      break;
  }
}

void OtlpProtobufReader::Impl::end_span() {
  m_span.attributes = keep(m_span_attributes);
  m_builder.set_times(m_span, m_start, m_end);
  m_builder.add(m_trace_id, m_span);
}

void OtlpProtobufReader::Impl::end_attribute() {
  if (m_owner == Node::span && take_jaeger_words(m_builder, m_span, m_attribute)) {
    return;
  }
  attributes_of(m_owner).push_back(m_attribute);
}

std::vector<trace::Attribute>& OtlpProtobufReader::Impl::attributes_of(Node owner) {
  switch (owner) {
    case Node::resource:
      return m_resource_attributes;
    case Node::scope:
      return m_scope_attributes;
    case Node::span:
      return m_span_attributes;
    default:
      return m_item_attributes;
  }
}

trace::Range OtlpProtobufReader::Impl::keep(std::vector<trace::Attribute>& attributes) {
  std::vector<trace::Attribute>& column = m_builder.columns().attributes;
  const trace::Range range{static_cast<std::uint32_t>(column.size()),
                           static_cast<std::uint32_t>(attributes.size())};
  column.insert(column.end(), attributes.begin(), attributes.end());
  attributes.clear();
  return range;
}

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
        m_link.trace_id = id_or_none<TraceId>(content);
      } else if (field == 2) {
        m_link.span_id = id_or_none<SpanId>(content);
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
      m_trace_id = id_or_none<TraceId>(content);
      return content.size() == m_trace_id.bytes.size();
    case 2:
      m_span.id = id_or_none<SpanId>(content);
      return content.size() == m_span.id.bytes.size();
    case 3:
      m_span.trace_state = m_builder.intern(content);
      return true;
    case 4:
      m_span.parent_id = id_or_none<SpanId>(content);
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

OtlpProtobufReader::OtlpProtobufReader(trace::TraceBuilder& builder, OtlpMessage message,
                                       const SourceWords& words, std::uint64_t first_byte)
    : m_impl(std::make_unique<Impl>(builder, message, words, first_byte)) {}
OtlpProtobufReader::~OtlpProtobufReader() = default;

Result<void> OtlpProtobufReader::feed(std::string_view bytes) {
  return m_impl->bytes().feed(bytes);
}
Result<void> OtlpProtobufReader::finish() {
  return m_impl->bytes().finish();
}
std::size_t OtlpProtobufReader::left_out() const {
  return m_impl->left_out();
}
bool OtlpProtobufReader::is_partial() const {
  return m_impl->is_partial();
}
const std::string& OtlpProtobufReader::message() const {
  return m_impl->message();
}

}  // namespace otelctl::query
