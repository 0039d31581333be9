// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/value_reader.hpp"

#include "base/json_writer.hpp"
#include "query/scalars.hpp"
#include "trace/value_json.hpp"

namespace otelctl::query {

using trace::Value;
using trace::ValueType;

void ValueReader::begin() {
  if (m_open.size() == m_depth) {
    m_open.emplace_back();
  }
  ++m_depth;
  Open& value = top();
  value.type = ValueType::empty;
  value.text.clear();
  value.entry_key.clear();
  value.entry_value.clear();
  value.has_items = false;
}

void ValueReader::scalar(ValueType type, const JsonScalar& from) {
  Open& value = top();
  value.type = type;
  if (type == ValueType::integer) {
    if (const auto number = to_integer(from)) {
      value.integer = *number;
      return;
    }
  } else if (type == ValueType::real) {
    if (const auto number = to_real(from)) {
      value.real = *number;
      return;
    }
  } else if (type == ValueType::boolean) {
    value.boolean = to_boolean(from);
    return;
  }
  // A number that cannot be read is still worth showing.
  value.type = type == ValueType::bytes ? type : ValueType::text;
  if (from.type == JsonScalar::Type::text) {
    value.text = from.text;
  } else {
    value.text = to_text(from);
  }
}

void ValueReader::begin_array() {
  top().type = ValueType::array;
  top().text = "[";
  top().has_items = false;
}

void ValueReader::end_array() {
  top().text += ']';
}

void ValueReader::begin_map() {
  top().type = ValueType::map;
  top().text = "{";
  top().has_items = false;
}

void ValueReader::end_map() {
  top().text += '}';
}

void ValueReader::entry_key(std::string_view key) {
  top().entry_key = key;
}

void ValueReader::end_entry() {
  Open& map = top();
  if (map.has_items) {
    map.text += ',';
  }
  map.has_items = true;
  map.text += to_json_string(map.entry_key);
  map.text += ':';
  map.text += map.entry_value.empty() ? "null" : map.entry_value;
  map.entry_key.clear();
  map.entry_value.clear();
}

void ValueReader::end_inner(bool is_entry) {
  std::string json = json_of(top());
  --m_depth;
  Open& container = top();
  if (is_entry) {
    container.entry_value = std::move(json);
    return;
  }
  if (container.has_items) {
    container.text += ',';
  }
  container.has_items = true;
  container.text += json;
}

std::string ValueReader::json_of(const Open& value) {
  switch (value.type) {
    case ValueType::empty:
      return "null";
    case ValueType::text:
      return to_json_string(value.text);
    case ValueType::boolean:
      return value.boolean ? "true" : "false";
    case ValueType::integer:
      return trace::integer_json(value.integer);
    case ValueType::real:
      return trace::real_json(value.real);
    case ValueType::bytes:
      return "{\"base64\":" + to_json_string(value.text) + "}";
    case ValueType::array:
    case ValueType::map:
      return value.text;
  }
  return "null";
}

Value ValueReader::end(trace::TraceBuilder& builder) {
  const Open& value = top();
  --m_depth;
  switch (value.type) {
    case ValueType::empty:
      return {};
    case ValueType::text:
      return Value::of_text(builder.intern(value.text));
    case ValueType::boolean:
      return Value::of_boolean(value.boolean);
    case ValueType::integer:
      return Value::of_integer(value.integer);
    case ValueType::real:
      return Value::of_real(value.real);
    case ValueType::bytes:
      return Value::of_bytes(builder.intern(value.text));
    case ValueType::array:
      return Value::of_array(builder.intern(value.text));
    case ValueType::map:
      return Value::of_map(builder.intern(value.text));
  }
  return {};
}

}  // namespace otelctl::query
