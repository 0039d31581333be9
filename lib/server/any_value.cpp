// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/any_value.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <google/protobuf/stubs/strutil.h>

#include "otlp/json_text.hpp"
#include "server/span_view.hpp"

namespace otelctl::server {
namespace {

// As encoding/json of Go writes a float64: plain digits from 1e-6 up to 1e21, else an exponent,
// which has no zero in front.
std::string text_of_real(double real) {
  if (std::isnan(real)) {
    return "NaN";
  }
  if (std::isinf(real)) {
    return real > 0 ? "+Inf" : "-Inf";
  }
  const double size = std::abs(real);
  const bool is_plain = size == 0 || (size >= 1e-6 && size < 1e21);
  std::array<char, 400> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), real,
                    is_plain ? std::chars_format::fixed : std::chars_format::scientific)
          .ptr;
  std::string text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  if (const auto zero = text.find("e-0"); zero != std::string::npos) {
    text.erase(zero + 2, 1);
  }
  return text;
}

// A string as encoding/json writes it, which keeps clear of HTML's characters.
void append_go_string(std::string& json, std::string_view text) {
  std::string quoted;
  otlp::append_json_string(quoted, text);
  for (const char c : quoted) {
    if (c == '<' || c == '>' || c == '&') {
      json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      json += c;
    }
  }
}

std::string base64(std::string_view bytes) {
  std::string text;
  google::protobuf::Base64Escape({bytes.data(), bytes.size()}, &text);
  return text;
}

void append_json(std::string& json, const Value& value);

void append_array(std::string& json, std::string_view array) {
  json += '[';
  for_each(array, 1, [&](std::string_view element) {
    json += json.back() == '[' ? "" : ",";
    append_json(json, value_of(element));
    return true;
  });
  json += ']';
}

void append_map(std::string& json, std::string_view map) {
  std::vector<AttributeView> entries;
  for_each(map, 1, [&](std::string_view entry) {
    entries.push_back(attribute_view(entry));
    return true;
  });
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& left, const auto& right) { return left.key < right.key; });
  json += '{';
  for (const AttributeView& entry : entries) {
    json += json.back() == '{' ? "" : ",";
    append_go_string(json, entry.key);
    json += ':';
    append_json(json, value_of(entry.value));
  }
  json += '}';
}

// Recursive, but only as deep as the scan lets values nest (otlp::k_max_nesting).
void append_json(std::string& json, const Value& value) {
  switch (value.type) {
    case ValueType::none:
      json += "null";
      break;
    case ValueType::text:
      append_go_string(json, value.field.content);
      break;
    case ValueType::array:
      append_array(json, value.field.content);
      break;
    case ValueType::map:
      append_map(json, value.field.content);
      break;
    case ValueType::bytes:
      json += '"' + base64(value.field.content) + '"';
      break;
    case ValueType::boolean:
    case ValueType::integer:
    case ValueType::real:
      json += text_of(value);
      break;
  }
}

}  // namespace

double Value::real() const {
  return std::bit_cast<double>(field.value);
}

Value value_of(std::string_view any_value) {
  Value value;
  otlp::WireReader reader(any_value);
  for (otlp::WireField field; reader.next(field);) {
    if (field.number <= static_cast<std::uint32_t>(ValueType::bytes)) {
      value = {static_cast<ValueType>(field.number), field};
    }
  }
  return value;
}

std::string text_of(const Value& value) {
  switch (value.type) {
    case ValueType::none:
      return {};
    case ValueType::text:
      return std::string(value.field.content);
    case ValueType::boolean:
      return value.field.value != 0 ? "true" : "false";
    case ValueType::integer:
      return std::to_string(value.integer());
    case ValueType::real:
      return text_of_real(value.real());
    case ValueType::bytes:
      return base64(value.field.content);
    case ValueType::array:
    case ValueType::map:
      break;
  }
  std::string json;
  append_json(json, value);
  return json;
}

}  // namespace otelctl::server
