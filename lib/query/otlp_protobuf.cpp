// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/otlp_protobuf.hpp"

#include "query/jaeger_words.hpp"
#include "query/otlp_protobuf_impl.hpp"

namespace otelctl::query {

using Node = OtlpNode;

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
