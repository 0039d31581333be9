// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/log_form.hpp"

#include <algorithm>
#include <utility>

#include "otlp/record_text.hpp"
#include "synth/fragment.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// Field numbers of opentelemetry/proto/logs/v1/logs.proto and common/v1/common.proto.
namespace field {
constexpr unsigned k_time = 1;
constexpr unsigned k_severity_number = 2;
constexpr unsigned k_severity_text = 3;
constexpr unsigned k_body = 5;
constexpr unsigned k_attributes = 6;
constexpr unsigned k_flags = 8;
constexpr unsigned k_trace_id = 9;
constexpr unsigned k_span_id = 10;
constexpr unsigned k_observed_time = 11;
constexpr unsigned k_event_name = 12;
constexpr unsigned k_scope_logs_log_records = 2;
}  // namespace field
namespace any_value {
constexpr unsigned k_string = 1;
constexpr unsigned k_int = 3;
constexpr unsigned k_double = 4;
constexpr unsigned k_array = 5;
constexpr unsigned k_map = 6;
constexpr unsigned k_bytes = 7;
}  // namespace any_value

// check_scenario has filled in the same text before.
std::string text_of(std::string_view pattern, const Columns& columns) {
  return fill(pattern, columns).value();
}

Value value_of(Value value, const Columns& columns) {
  if (auto* text = std::get_if<std::string>(&value)) {
    *text = text_of(*text, columns);
  } else if (auto* items = std::get_if<std::vector<std::string>>(&value)) {
    for (std::string& item : *items) {
      item = text_of(item, columns);
    }
  }
  return value;
}

std::string encode_body(const Body& body, const Columns& columns) {
  std::string any;
  if (const auto* value = std::get_if<Value>(&body)) {
    append_value(any, value_of(*value, columns));
  } else if (const auto* bytes = std::get_if<Bytes>(&body)) {
    append_bytes_field(any, any_value::k_bytes, bytes->bytes);
  } else if (const auto* map = std::get_if<Map>(&body)) {
    std::string members;
    for (const Attribute& member : map->members) {
      append_bytes_field(members, 1, encode_attribute(member.key, value_of(member.value, columns)));
    }
    append_bytes_field(any, any_value::k_map, members);
  } else if (const auto* array = std::get_if<Array>(&body)) {
    std::string items;
    for (const Value& item : array->items) {
      std::string any_item;
      append_value(any_item, value_of(item, columns));
      append_bytes_field(items, 1, any_item);
    }
    append_bytes_field(any, any_value::k_array, items);
  }
  return any;
}

std::string encode_front(const LogSpec& spec, const Columns& columns) {
  std::string front;
  append_varint_field(front, field::k_severity_number, static_cast<std::uint64_t>(spec.severity));
  append_bytes_field(front, field::k_severity_text,
                     spec.severity_text.empty() ? otlp::severity_name(spec.severity)
                                                : text_of(spec.severity_text, columns));
  append_bytes_field(front, field::k_body, encode_body(spec.body, columns));
  return front;
}

std::string encode_key(std::string_view key) {
  std::string encoded;
  append_bytes_field(encoded, 1, key);
  return encoded;
}

std::string encode_element(std::string_view key, const Value& value) {
  std::string element;
  append_bytes_field(element, field::k_attributes, encode_attribute(key, value));
  return element;
}

// Closes an AnyValue that began at `begin` and the attribute that holds it.
void close_attribute(BackwardWriter& out, std::string_view key, std::size_t begin) {
  out.close_field(2, begin);
  out.put(key);
  out.close_field(field::k_attributes, begin);
}

std::int64_t integer_in(const IntRange& range, std::uint64_t word) {
  const auto low = static_cast<std::uint64_t>(range.low);
  const std::uint64_t choices = static_cast<std::uint64_t>(range.high) - low + 1;
  return static_cast<std::int64_t>(low + below(choices, word));
}

double real_in(const DoubleRange& range, std::uint64_t word) {
  const double share = static_cast<double>(word >> 11U) * 0x1p-53;
  return std::min(range.low + (range.high - range.low) * share, range.high);
}

void put_digits(BackwardWriter& out, std::uint64_t number, unsigned digits) {
  for (; digits > 0; --digits, number /= 10) {
    const char digit = static_cast<char>('0' + number % 10);
    out.put({&digit, 1});
  }
}

}  // namespace

LogForm::LogForm(const LogSpec& spec, const Columns& columns)
    : m_front(encode_front(spec, columns)) {
  if (!spec.event_name.empty()) {
    append_bytes_field(m_back, field::k_event_name, text_of(spec.event_name, columns));
  }
  // Times, flags and ids, and what stands before the record itself.
  constexpr std::size_t k_fixed = 80;
  m_most_bytes = k_fixed + m_front.size() + m_back.size();
  for (const AttributeSpec& attribute : spec.attributes) {
    add_attribute(attribute, columns);
  }
}

void LogForm::add_part(Part part, std::size_t most_bytes) {
  m_most_bytes += most_bytes;
  auto* fixed = std::get_if<Fixed>(&part);
  auto* before = m_parts.empty() ? nullptr : std::get_if<Fixed>(&m_parts.back());
  if (fixed != nullptr && before != nullptr) {
    *before += *fixed;
  } else {
    m_parts.push_back(std::move(part));
  }
}

void LogForm::add_attribute(const AttributeSpec& attribute, const Columns& columns) {
  // Tags and lengths of attribute and value, and a number.
  constexpr std::size_t k_around = 48;
  const std::string key = encode_key(attribute.key);
  if (const auto* one_of = std::get_if<OneOf>(&attribute.value)) {
    Drawn drawn;
    std::size_t longest = 0;
    for (const Value& value : one_of->values) {
      drawn.attributes.push_back(encode_element(attribute.key, value_of(value, columns)));
      longest = std::max(longest, drawn.attributes.back().size());
    }
    add_part(std::move(drawn), longest);
  } else if (const auto* range = std::get_if<IntRange>(&attribute.value)) {
    add_part(Integer{key, *range}, key.size() + k_around);
  } else if (const auto* reals = std::get_if<DoubleRange>(&attribute.value)) {
    add_part(Real{key, *reals}, key.size() + k_around);
  } else if (const auto* counter = std::get_if<Counter>(&attribute.value)) {
    Counted counted{key, *counter};
    counted.counter.prefix = text_of(counter->prefix, columns);
    const std::size_t most = key.size() + counted.counter.prefix.size() + k_around;
    add_part(std::move(counted), most);
  } else {
    Fixed fixed =
        encode_element(attribute.key, value_of(std::get<Value>(attribute.value), columns));
    const std::size_t size = fixed.size();
    add_part(std::move(fixed), size);
  }
}

void LogForm::put_part(BackwardWriter& out, const Part& part, const LogSource& source,
                       std::uint64_t draw) {
  const std::size_t begin = out.size();
  if (const auto* fixed = std::get_if<Fixed>(&part)) {
    out.put(*fixed);
  } else if (const auto* drawn = std::get_if<Drawn>(&part)) {
    out.put(drawn->attributes[below(drawn->attributes.size(), source.words.at(0, draw))]);
  } else if (const auto* integer = std::get_if<Integer>(&part)) {
    out.put_varint_field(any_value::k_int, static_cast<std::uint64_t>(integer_in(
                                               integer->range, source.words.at(0, draw))));
    close_attribute(out, integer->key, begin);
  } else if (const auto* real = std::get_if<Real>(&part)) {
    out.put_double_field(any_value::k_double, real_in(real->range, source.words.at(0, draw)));
    close_attribute(out, real->key, begin);
  } else {
    const auto& [key, counter] = std::get<Counted>(part);
    const std::uint64_t number = source.unit / counter.per;
    put_digits(out, counter.distinct == 0 ? number : number % counter.distinct, counter.digits);
    out.put(counter.prefix);
    out.close_field(any_value::k_string, begin);
    close_attribute(out, key, begin);
  }
}

void LogForm::put(BackwardWriter& out, const LogSource& source) const {
  const std::size_t begin = out.size();
  const auto time = static_cast<std::uint64_t>(source.time.time_since_epoch().count());
  out.put(m_back);
  out.put_fixed64_field(field::k_observed_time, time);
  if (source.span) {
    out.put_bytes_field(field::k_span_id, source.span->span_id.view());
    out.put_bytes_field(field::k_trace_id, source.span->trace_id.view());
    if (source.span->flags != 0) {
      out.put_fixed32_field(field::k_flags, source.span->flags);
    }
  }
  for (std::size_t part = m_parts.size(); part-- > 0;) {
    put_part(out, m_parts[part], source, part);
  }
  out.put(m_front);
  out.put_fixed64_field(field::k_time, time);
  out.close_field(field::k_scope_logs_log_records, begin);
}

}  // namespace otelctl::synth
