// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

#include <google/protobuf/message.h>

#include "base/random.hpp"

namespace otelctl::testing {

// Fills any message with random content of every kind that its fields can hold: every branch of a
// oneof, zero values that are set, extreme numbers, text beyond ASCII.
class RandomMessage {
 public:
  explicit RandomMessage(std::uint64_t seed) : m_random(seed) {}

  void fill(google::protobuf::Message& message, int depth = 0) {
    using google::protobuf::FieldDescriptor;
    const auto* const descriptor = message.GetDescriptor();
    for (int index = 0; index < descriptor->field_count(); ++index) {
      const FieldDescriptor* const field = descriptor->field(index);
      const bool is_deep = depth > 10 && field->type() == FieldDescriptor::TYPE_MESSAGE;
      if (is_deep || below(3) == 0) {
        continue;
      }
      const std::uint64_t count = field->is_repeated() ? below(4) : 1;
      for (std::uint64_t element = 0; element < count; ++element) {
        set(message, *field, depth);
      }
    }
  }

  std::uint64_t below(std::uint64_t bound) { return m_random.next() % bound; }

 private:
  std::uint64_t number() {
    switch (below(4)) {
      case 0:
        return below(3);
      case 1:
        return ~std::uint64_t{0} - below(3);
      case 2:
        return (std::uint64_t{1} << below(64)) - below(2);
      default:
        return m_random.next();
    }
  }

  double real() {
    const double special[] = {0.0, -0.0, 1.5, -1e300, 5e-324, 0.1, 1e15, HUGE_VAL, -HUGE_VAL};
    return below(3) == 0 ? std::ldexp(static_cast<double>(number()), -31) : special[below(9)];
  }

  std::string text() {
    const char* const parts[] = {"",  "a",    "service.name", "\"\\\n\t\x01",
                                 "é", "日本", "\U0001F600"};
    std::string text;
    for (std::uint64_t count = below(4); count > 0; --count) {
      text += parts[below(7)];
    }
    return text;
  }

  std::string bytes() {
    std::string bytes;
    for (std::uint64_t count = below(20); count > 0; --count) {
      bytes += static_cast<char>(below(256));
    }
    return bytes;
  }

  void set(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
           int depth) {
    using google::protobuf::FieldDescriptor;
    const auto* const reflection = message.GetReflection();
    const auto put = [&](auto set_one, auto add, auto value) {
      if (field.is_repeated()) {
        (reflection->*add)(&message, &field, value);
      } else {
        (reflection->*set_one)(&message, &field, value);
      }
    };
    using R = google::protobuf::Reflection;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return put(&R::SetInt32, &R::AddInt32, static_cast<std::int32_t>(number()));
      case FieldDescriptor::CPPTYPE_INT64:
        return put(&R::SetInt64, &R::AddInt64, static_cast<std::int64_t>(number()));
      case FieldDescriptor::CPPTYPE_UINT32:
        return put(&R::SetUInt32, &R::AddUInt32, static_cast<std::uint32_t>(number()));
      case FieldDescriptor::CPPTYPE_UINT64:
        return put(&R::SetUInt64, &R::AddUInt64, number());
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return put(&R::SetDouble, &R::AddDouble, real());
      case FieldDescriptor::CPPTYPE_BOOL:
        return put(&R::SetBool, &R::AddBool, below(2) == 1);
      case FieldDescriptor::CPPTYPE_ENUM:
        return put(&R::SetEnumValue, &R::AddEnumValue, static_cast<int>(below(7)));
      case FieldDescriptor::CPPTYPE_STRING: {
        const bool is_text = field.type() == FieldDescriptor::TYPE_STRING;
        return put(&R::SetString, &R::AddString, is_text ? text() : bytes());
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        fill(*(field.is_repeated() ? reflection->AddMessage(&message, &field)
                                   : reflection->MutableMessage(&message, &field)),
             depth + 1);
        return;
      case FieldDescriptor::CPPTYPE_FLOAT:
        return put(&R::SetFloat, &R::AddFloat, 1.5F);
    }
  }

  SeededRandom m_random;
};

}  // namespace otelctl::testing
