// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/value_reader.hpp"

#include "query/scalars.hpp"
#include "trace/nested_value.hpp"

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
  top().text = trace::nested::k_begin_array;
}

void ValueReader::end_array() {
  top().text += trace::nested::k_end_array;
}

void ValueReader::begin_map() {
  top().type = ValueType::map;
  top().text = trace::nested::k_begin_map;
}

void ValueReader::end_map() {
  top().text += trace::nested::k_end_map;
}

void ValueReader::entry_key(std::string_view key) {
  top().entry_key = key;
}

void ValueReader::end_entry() {
  Open& map = top();
  trace::nested::append_text(map.text, map.entry_key);
  if (map.entry_value.empty()) {
    trace::nested::append(map.text, {});
  } else {
    map.text += map.entry_value;
  }
  map.entry_key.clear();
  map.entry_value.clear();
}

void ValueReader::end_inner(bool is_entry) {
  const Open& value = top();
  --m_depth;
  Open& container = top();
  if (is_entry) {
    container.entry_value.clear();
    pack(container.entry_value, value);
  } else {
    pack(container.text, value);
  }
}

void ValueReader::pack(std::string& packed, const Open& value) {
  if (value.type == ValueType::array || value.type == ValueType::map) {
    packed += value.text;
    return;
  }
  trace::nested::append(packed, {value.type, value.boolean, value.integer, value.real, value.text});
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
