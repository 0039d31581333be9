// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/fragment.hpp"

#include <bit>

#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

Fragment any_value(const std::vector<ShapeNumber>& numbers, const ShapeAttribute& attribute,
                   bool has_failed) {
  Fragment any;
  if (const auto* value = std::get_if<Value>(&attribute.value)) {
    append_value(any.bytes, *value);
  } else if (const auto* outcome = std::get_if<ByOutcome>(&attribute.value)) {
    append_value(any.bytes, has_failed ? outcome->failed : outcome->ok);
  } else if (const auto* number = std::get_if<NumberPlace>(&attribute.value)) {
    const unsigned width = numbers[number->index].width;
    append_tag(any.bytes, 3, WireType::varint);
    any.place(PatchKind::number, width, number->index);
    any.bytes.append(width, '\0');
  } else if (const auto* real = std::get_if<RealPlace>(&attribute.value)) {
    append_tag(any.bytes, 4, WireType::fixed64);
    any.place(PatchKind::real, 8, real->index);
    any.bytes.append(8, '\0');
  } else {
    const auto& counter = std::get<DigitsPlace>(attribute.value);
    append_tag(any.bytes, 1, WireType::bytes);
    append_varint(any.bytes, counter.prefix.size() + counter.digits);
    any.bytes += counter.prefix;
    any.place(PatchKind::digits, counter.digits, counter.index);
    any.bytes.append(counter.digits, '0');
  }
  return any;
}

}  // namespace

void append_value(std::string& message, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    append_bytes_field(message, 1, *text);
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    append_varint_field(message, 2, *truth ? 1 : 0);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    append_varint_field(message, 3, static_cast<std::uint64_t>(*integer));
  } else if (const auto* real = std::get_if<double>(&value)) {
    append_fixed64_field(message, 4, std::bit_cast<std::uint64_t>(*real));
  } else {
    std::string array;
    for (const std::string& item : std::get<std::vector<std::string>>(value)) {
      std::string any;
      append_bytes_field(any, 1, item);
      append_bytes_field(array, 1, any);
    }
    append_bytes_field(message, 5, array);
  }
}

std::string encode_attribute(std::string_view key, const Value& value) {
  std::string any;
  append_value(any, value);
  std::string pair;
  append_bytes_field(pair, 1, key);
  append_bytes_field(pair, 2, any);
  return pair;
}

void append_attributes(Fragment& message, unsigned field, const std::vector<ShapeNumber>& numbers,
                       const std::vector<ShapeAttribute>& attributes, bool has_failed) {
  for (const ShapeAttribute& attribute : attributes) {
    Fragment pair;
    append_bytes_field(pair.bytes, 1, attribute.key);
    pair.append(2, any_value(numbers, attribute, has_failed));
    message.append(field, pair);
  }
}

std::string encode_resource_field(const Service& service) {
  std::string resource;
  append_bytes_field(resource, 1, encode_attribute("service.name", service.name));
  for (const Attribute& attribute : service.resource) {
    append_bytes_field(resource, 1, encode_attribute(attribute.key, attribute.value));
  }
  std::string member;
  append_bytes_field(member, 1, resource);
  return member;
}

std::string encode_scope_field(const Service& service) {
  std::string scope;
  if (!service.scope_name.empty()) {
    append_bytes_field(scope, 1, service.scope_name);
  }
  if (!service.scope_version.empty()) {
    append_bytes_field(scope, 2, service.scope_version);
  }
  std::string member;
  append_bytes_field(member, 1, scope);
  return member;
}

}  // namespace otelctl::synth
