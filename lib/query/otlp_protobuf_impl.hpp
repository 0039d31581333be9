// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/otlp_messages.hpp"
#include "query/otlp_protobuf.hpp"
#include "query/protobuf_feed.hpp"
#include "query/value_reader.hpp"

namespace otelctl::query {

// Makes spans of the fields as they come. How messages stand in each other is otlp_protobuf.cpp,
// what their numbers and texts mean otlp_protobuf_fields.cpp.
class OtlpProtobufReader::Impl final : public ProtobufHandler {
 public:
  Impl(trace::TraceBuilder& builder, OtlpMessage message, const SourceWords& words,
       std::uint64_t first_byte)
      : m_builder(builder),
        m_feed(
            *this,
            static_cast<std::uint8_t>(message == OtlpMessage::tempo_answer ? OtlpNode::tempo_answer
                                                                           : OtlpNode::traces),
            words, first_byte) {}

  ProtobufFeed& bytes() { return m_feed; }
  std::size_t left_out() const { return m_left_out; }
  bool is_partial() const { return m_is_partial; }
  const std::string& message() const { return m_message; }

  ProtobufField field_of(std::uint8_t node, std::uint32_t number) const override {
    return otlp_field(OtlpNode{node}, number);
  }
  std::string_view name_of(std::uint8_t node) const override {
    return otlp_message_name(OtlpNode{node});
  }

  void begin(std::uint8_t node) override;
  void end(std::uint8_t node) override;
  void number(std::uint8_t node, std::uint32_t field, std::uint64_t value) override;
  bool text(std::uint8_t node, std::uint32_t field, std::string_view content) override;

  // What stands in the place of a span but has no span's ids is another signal's record, and so it
  // is no fault that it has other fields.
  bool may_leave_out(std::uint8_t node) const override {
    return OtlpNode{node} == OtlpNode::span && !m_span.id.is_valid();
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
  std::vector<trace::Attribute>& attributes_of(OtlpNode owner);

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
  OtlpNode m_owner = OtlpNode::span;  // of the attributes that come
  // Fields may come in any order, columns want the attributes of one thing side by side.
  std::vector<trace::Attribute> m_resource_attributes;
  std::vector<trace::Attribute> m_scope_attributes;
  std::vector<trace::Attribute> m_span_attributes;
  std::vector<trace::Attribute> m_item_attributes;  // of an event or a link

  std::size_t m_left_out = 0;
  bool m_is_partial = false;
  std::string m_message;
};

}  // namespace otelctl::query
