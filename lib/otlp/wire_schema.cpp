// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/wire_schema.hpp"

#include <algorithm>
#include <stdexcept>

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"

namespace otelctl::otlp {
namespace {

namespace collector = opentelemetry::proto::collector;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

FieldKind kind_of(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_BOOL:
      return FieldKind::boolean;
    case FieldDescriptor::TYPE_ENUM:
      return FieldKind::enumeration;
    case FieldDescriptor::TYPE_INT32:
      return FieldKind::int32;
    case FieldDescriptor::TYPE_INT64:
      return FieldKind::int64;
    case FieldDescriptor::TYPE_UINT32:
      return FieldKind::uint32;
    case FieldDescriptor::TYPE_UINT64:
      return FieldKind::uint64;
    case FieldDescriptor::TYPE_SINT32:
      return FieldKind::sint32;
    case FieldDescriptor::TYPE_FIXED32:
      return FieldKind::fixed32;
    case FieldDescriptor::TYPE_FIXED64:
      return FieldKind::fixed64;
    case FieldDescriptor::TYPE_SFIXED64:
      return FieldKind::sfixed64;
    case FieldDescriptor::TYPE_DOUBLE:
      return FieldKind::real;
    case FieldDescriptor::TYPE_STRING:
      return FieldKind::text;
    case FieldDescriptor::TYPE_MESSAGE:
      return FieldKind::message;
    case FieldDescriptor::TYPE_BYTES:
      return field.name() == "trace_id" || field.name() == "span_id" ||
                     field.name() == "parent_span_id"
                 ? FieldKind::id
                 : FieldKind::bytes;
    default:
      throw std::logic_error("a type that OTLP does not have: " + field.full_name());
  }
}

}  // namespace

std::string_view MessageSchema::name_of(std::uint32_t number) const {
  return rule(number).kind == FieldKind::unknown ? "an unknown field"
                                                 : std::string_view(names[number]);
}

std::uint32_t MessageSchema::find_key(std::string_view key) const {
  for (std::uint32_t number = 1; number <= k_highest_field; ++number) {
    if (fields[number].kind != FieldKind::unknown &&
        (keys[number] == key || names[number] == key)) {
      return number;
    }
  }
  return 0;
}

WireSchema::WireSchema() {
  std::vector<const Descriptor*> found{
      collector::trace::v1::ExportTraceServiceRequest::descriptor(),
      collector::metrics::v1::ExportMetricsServiceRequest::descriptor(),
      collector::logs::v1::ExportLogsServiceRequest::descriptor()};
  const auto index_of_descriptor = [&found](const Descriptor* descriptor) {
    const auto at = std::find(found.begin(), found.end(), descriptor);
    if (at == found.end()) {
      found.push_back(descriptor);
      return static_cast<std::uint16_t>(found.size() - 1);
    }
    return static_cast<std::uint16_t>(at - found.begin());
  };
  for (std::size_t index = 0; index < found.size(); ++index) {
    const Descriptor* const descriptor = found[index];
    MessageSchema message;
    message.name = descriptor->name();
    for (int place = 0; place < descriptor->field_count(); ++place) {
      const FieldDescriptor* const field = descriptor->field(place);
      const auto number = static_cast<std::size_t>(field->number());
      FieldRule& rule = message.fields.at(number);
      rule.kind = kind_of(*field);
      rule.is_repeated = field->is_repeated();
      rule.is_in_oneof = field->real_containing_oneof() != nullptr;
      rule.has_presence = field->has_presence();
      if (rule.kind == FieldKind::message) {
        rule.message = index_of_descriptor(field->message_type());
      }
      if (rule.kind == FieldKind::enumeration) {
        const auto* const type = field->enum_type();
        for (int value = 0; value < type->value_count(); ++value) {
          message.values.at(number).emplace_back(type->value(value)->name(),
                                                 type->value(value)->number());
        }
      }
      message.names.at(number) = field->name();
      message.keys.at(number) = field->json_name();
    }
    m_messages.push_back(std::move(message));
  }
}

const WireSchema& WireSchema::get() {
  static const WireSchema schema;
  return schema;
}

std::size_t WireSchema::index_of(std::string_view name) const {
  const auto at = std::find_if(m_messages.begin(), m_messages.end(),
                               [&](const MessageSchema& message) { return message.name == name; });
  return static_cast<std::size_t>(at - m_messages.begin());
}

std::size_t WireSchema::request_of(Signal signal) const {
  switch (signal) {
    case Signal::traces:
      return 0;
    case Signal::metrics:
      return 1;
    case Signal::logs:
      return 2;
  }
  return 0;
}

}  // namespace otelctl::otlp
