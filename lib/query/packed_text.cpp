// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/packed_text.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "query/id_text.hpp"
#include "query/json_events.hpp"
#include "query/scalars.hpp"
#include "query/value_reader.hpp"

namespace otelctl::query {
namespace {

using trace::Attribute;
using trace::ValueType;

ValueType type_of(const JsonScalar& value) {
  switch (value.type) {
    case JsonScalar::Type::null:
      return ValueType::empty;
    case JsonScalar::Type::boolean:
      return ValueType::boolean;
    case JsonScalar::Type::integer:
      return ValueType::integer;
    case JsonScalar::Type::real:
    case JsonScalar::Type::large_integer:
      return ValueType::real;
    case JsonScalar::Type::text:
      return ValueType::text;
  }
  return ValueType::empty;
}

// Reads one plain JSON object: its members are the attributes, whatever nests in them is a value.
class PlainObjectReader final : public JsonHandler {
 public:
  explicit PlainObjectReader(trace::TraceBuilder& builder) : m_builder(builder) {}

  void begin_text() override { ++m_texts; }
  void begin_object() override {
    if (m_depth++ == 0) {
      return;
    }
    m_value.begin();
    m_value.begin_map();
    m_is_map.push_back(true);
  }
  void end_object() override {
    if (--m_depth > 0) {
      m_value.end_map();
      m_is_map.pop_back();
      end_value();
    }
  }
  void begin_array() override {
    ++m_depth;
    m_value.begin();
    m_value.begin_array();
    m_is_map.push_back(false);
  }
  void end_array() override {
    --m_depth;
    m_value.end_array();
    m_is_map.pop_back();
    end_value();
  }
  void key(std::string_view name) override {
    if (m_is_map.empty()) {
      m_key = m_builder.intern(name);
    } else {
      m_value.entry_key(name);
    }
  }
  void scalar(const JsonScalar& value) override {
    m_value.begin();
    if (value.type != JsonScalar::Type::null) {
      m_value.scalar(type_of(value), value);
    }
    end_value();
  }

  // Whether it was one object and nothing behind it.
  bool is_object() const { return m_texts == 1 && m_depth == 0; }
  const std::vector<Attribute>& attributes() const { return m_attributes; }

 private:
  void end_value() {
    if (m_is_map.empty()) {
      m_attributes.push_back({m_key, m_value.end(m_builder)});
      return;
    }
    const bool is_entry = m_is_map.back();
    m_value.end_inner(is_entry);
    if (is_entry) {
      m_value.end_entry();
    }
  }

  trace::TraceBuilder& m_builder;
  ValueReader m_value;
  std::size_t m_depth = 0;
  std::size_t m_texts = 0;
  std::vector<bool> m_is_map;  // of the containers within the attribute that is being read
  trace::Text m_key = trace::Text::empty;
  std::vector<Attribute> m_attributes;
};

std::uint32_t count_in(std::string_view text) {
  JsonScalar value{JsonScalar::Type::text};
  value.text = text;
  return to_count(value);
}

bool is_count(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The Collector's `before|{...}|dropped`; the texts within may hold bars themselves.
struct Packed {
  std::string_view before;
  trace::Range attributes;
  std::uint32_t dropped = 0;
};
std::optional<Packed> split_packed(std::string_view text, trace::TraceBuilder& builder) {
  const std::size_t open = text.find("|{");
  const std::size_t last = text.rfind('|');
  if (open == std::string_view::npos || last <= open || !is_count(text.substr(last + 1))) {
    return std::nullopt;
  }
  const auto attributes = unpack_attributes(text.substr(open + 1, last - open - 1), builder);
  if (!attributes) {
    return std::nullopt;
  }
  return Packed{text.substr(0, open), *attributes, count_in(text.substr(last + 1))};
}

// `name: {...}`, where both may stand between braces and the name between quotes.
bool unpack_named(std::string_view text, trace::Event& event, trace::TraceBuilder& builder) {
  if (text.starts_with('{') && text.ends_with('}')) {
    text = text.substr(1, text.size() - 2);
  }
  const std::size_t open = text.find('{');
  if (open == std::string_view::npos || open == 0) {
    return false;
  }
  std::string_view name = trim(text.substr(0, open));
  if (!name.ends_with(':')) {
    return false;
  }
  name = trim(name.substr(0, name.size() - 1));
  if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"')) {
    name = name.substr(1, name.size() - 2);
  }
  const auto attributes = unpack_attributes(text.substr(open), builder);
  if (!attributes) {
    return false;
  }
  event.name = builder.intern(name);
  event.attributes = *attributes;
  return true;
}

}  // namespace

std::optional<trace::Range> unpack_attributes(std::string_view json, trace::TraceBuilder& builder) {
  PlainObjectReader reader(builder);
  JsonFeed feed(reader);
  if (!json.starts_with('{') || !feed.feed(json) || !feed.finish() || !reader.is_object()) {
    return std::nullopt;
  }
  std::vector<Attribute>& all = builder.columns().attributes;
  const trace::Range range{static_cast<std::uint32_t>(all.size()),
                           static_cast<std::uint32_t>(reader.attributes().size())};
  all.insert(all.end(), reader.attributes().begin(), reader.attributes().end());
  return range;
}

void unpack_event(std::string_view text, trace::Event& event, trace::TraceBuilder& builder) {
  if (const auto packed = split_packed(text, builder)) {
    event.name = builder.intern(packed->before);
    event.attributes = packed->attributes;
    event.dropped_attributes = packed->dropped;
  } else if (!unpack_named(text, event, builder)) {
    event.name = builder.intern(text);
  }
}

std::optional<trace::Link> unpack_link(std::string_view text, trace::TraceBuilder& builder) {
  const auto packed = split_packed(text, builder);
  if (!packed) {
    return std::nullopt;
  }
  const std::vector<std::string_view> parts = split(packed->before, '|');
  const auto trace_id = parts.size() == 3 ? read_id<TraceId>(parts[0]) : std::nullopt;
  const auto span_id = parts.size() == 3 ? read_id<SpanId>(parts[1]) : std::nullopt;
  if (!trace_id || !span_id) {
    return std::nullopt;
  }
  trace::Link link;
  link.trace_id = *trace_id;
  link.span_id = *span_id;
  link.trace_state = builder.intern(parts[2]);
  link.attributes = packed->attributes;
  link.dropped_attributes = packed->dropped;
  return link;
}

}  // namespace otelctl::query
