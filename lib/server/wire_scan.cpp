// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/wire_scan.hpp"

#include <cstring>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::server {

using otlp::FieldKind;
using otlp::k_max_nesting;
using otlp::WireType;

namespace {

// Most strings are: eight bytes at a time.
bool is_ascii(std::string_view text) {
  constexpr std::uint64_t k_high_bits = 0x8080808080808080U;
  std::uint64_t bits = 0;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= sizeof(bits); at += sizeof(bits), left -= sizeof(bits)) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    bits |= word;
  }
  for (; left > 0; ++at, --left) {
    bits |= static_cast<unsigned char>(*at);
  }
  return (bits & k_high_bits) == 0;
}

// The raw bytes as an id when they are one: of its size and not all zero.
bool take_id(std::string_view raw, TraceId& id) {
  std::array<std::uint64_t, 2> words{};
  if (raw.size() != sizeof(words)) {
    return false;
  }
  std::memcpy(words.data(), raw.data(), sizeof(words));
  std::memcpy(id.bytes.data(), words.data(), sizeof(words));
  return (words[0] | words[1]) != 0;
}

bool is_span_id(std::string_view raw) {
  std::uint64_t word = 0;
  if (raw.size() != sizeof(word)) {
    return false;
  }
  std::memcpy(&word, raw.data(), sizeof(word));
  return word != 0;
}

// Whether the KeyValue is what nearly all are: a key, then a string, bool, int or double, each
// ASCII where it is text, and nothing else. Others are left to the general way.
bool is_plain_attribute(std::string_view content) {
  constexpr char k_key = 0x0A;
  constexpr char k_value = 0x12;
  if (content.size() < 2 || content[0] != k_key) {
    return false;
  }
  const auto key = static_cast<unsigned char>(content[1]);
  const std::size_t value_at = std::size_t{2} + key;
  if (key >= 0x80 || value_at + 2 > content.size() || content[value_at] != k_value ||
      static_cast<unsigned char>(content[value_at + 1]) != content.size() - value_at - 2 ||
      content.size() - value_at - 2 >= 0x80 || !is_ascii(content.substr(2, key))) {
    return false;
  }
  const std::string_view value = content.substr(value_at + 2);
  if (value.size() < 2) {
    return false;
  }
  switch (value[0]) {
    case 0x0A:
      return static_cast<unsigned char>(value[1]) == value.size() - 2 && is_ascii(value.substr(2));
    case 0x10:
    case 0x18:
      return value.size() == 2 && static_cast<unsigned char>(value[1]) < 0x80;
    case 0x21:
      return value.size() == 9;
    default:
      return false;
  }
}

// Field numbers of both ResourceSpans and ScopeSpans.
constexpr std::uint32_t k_head = 1;  // resource, scope
constexpr std::uint32_t k_list = 2;  // scope_spans, spans
constexpr std::uint32_t k_schema_url = 3;

constexpr const char* k_wrong_type = "has another wire type than the schema gives it";

// Joins what the field has been given so far with its next occurrence.
void merge(std::string_view& target, std::string*& merged, std::string_view next, TraceScan& scan) {
  if (target.empty()) {
    target = next;
  } else if (!next.empty()) {
    if (merged == nullptr) {
      merged = &scan.merged.emplace_back(target);
    }
    target = *merged += next;
  }
}

// Whether the field holds numbers of a repeated field one after the other, as proto3 packs them.
bool is_packed(const otlp::FieldRule& rule, const otlp::WireField& field) {
  if (!rule.is_repeated || field.type != WireType::length) {
    return false;
  }
  if (otlp::wire_type_of(rule.kind) == WireType::fixed64) {
    return field.content.size() % sizeof(std::uint64_t) == 0;
  }
  otlp::WireReader numbers(field.content);
  std::uint64_t number = 0;
  while (!numbers.at_end()) {
    if (!numbers.read_varint(number)) {
      return false;
    }
  }
  return true;
}

}  // namespace

void TraceScan::clear() {
  resources.clear();
  scopes.clear();
  spans.clear();
  merged.clear();
  bad_trace_ids = bad_span_ids = bad_parent_ids = refused = 0;
}

WireScanner::WireScanner()
    : m_schema(otlp::WireSchema::get()),
      m_request(m_schema.message(m_schema.request_of(Signal::traces))),
      m_resource_spans(m_schema.message(m_schema.index_of("ResourceSpans"))),
      m_scope_spans(m_schema.message(m_schema.index_of("ScopeSpans"))),
      m_span(m_schema.message(m_schema.index_of("Span"))),
      m_key_value(m_schema.index_of("KeyValue")),
      m_counts(m_schema.size()) {}

Result<void> WireScanner::scan_traces(std::string_view payload, TraceScan& scan) {
  scan.clear();
  WireReader reader(payload);
  WireField field;
  while (reader.next(field)) {
    const FieldRule& rule = m_request.rule(field.number);
    if (!check_field(m_request, rule, field)) {
      return otelctl::fail(error(payload));
    }
    if (rule.kind == FieldKind::message && !scan_resource_spans(field.content, scan)) {
      return otelctl::fail(error(payload));
    }
  }
  if (!finish(reader, m_request)) {
    return otelctl::fail(error(payload));
  }
  return {};
}

bool WireScanner::scan_resource_spans(std::string_view content, TraceScan& scan) {
  const std::size_t index = scan.resources.size();
  scan.resources.emplace_back();
  WireReader reader(content);
  WireField field;
  while (reader.next(field)) {
    const FieldRule& rule = m_resource_spans.rule(field.number);
    if (!check_field(m_resource_spans, rule, field)) {
      return false;
    }
    if (field.number == k_list) {
      if (!scan_scope_spans(field.content, index, scan)) {
        return false;
      }
    } else if (field.number == k_head) {
      if (!check(rule.message, field.content, 2)) {
        return false;
      }
      merge(scan.resources[index].resource, scan.resources[index].merged, field.content, scan);
    } else if (field.number == k_schema_url) {
      scan.resources[index].schema_url = field.content;
    }
  }
  return finish(reader, m_resource_spans);
}

bool WireScanner::scan_scope_spans(std::string_view content, std::size_t resource,
                                   TraceScan& scan) {
  const std::size_t index = scan.scopes.size();
  scan.scopes.push_back({.resource = resource});
  WireReader reader(content);
  WireField field;
  while (reader.next(field)) {
    const FieldRule& rule = m_scope_spans.rule(field.number);
    if (!check_field(m_scope_spans, rule, field)) {
      return false;
    }
    if (field.number == k_list) {
      if (!scan_span(field, static_cast<std::uint32_t>(index), scan)) {
        return false;
      }
    } else if (field.number == k_head) {
      if (!check(rule.message, field.content, 3)) {
        return false;
      }
      merge(scan.scopes[index].scope, scan.scopes[index].merged, field.content, scan);
    } else if (field.number == k_schema_url) {
      scan.scopes[index].schema_url = field.content;
    }
  }
  return finish(reader, m_scope_spans);
}

bool WireScanner::scan_span(const WireField& span, std::uint32_t scope, TraceScan& scan) {
  ScannedSpan found{.trace_id = {}, .scope = scope, .record = span.record};
  std::string_view trace_id;
  std::string_view span_id;
  std::string_view parent_id;
  WireReader reader(span.content);
  WireField field;
  while (reader.next(field)) {
    const FieldRule& rule = m_span.rule(field.number);
    if (!check_field(m_span, rule, field)) {
      return false;
    }
    if (rule.kind == FieldKind::message) {
      if (!check(rule.message, field.content, 4)) {
        return false;
      }
      continue;
    }
    switch (field.number) {
      case 1:
        trace_id = field.content;
        break;
      case 2:
        span_id = field.content;
        break;
      case 4:
        parent_id = field.content;
        break;
      case 5:
        found.name = field.content;
        break;
      case 6:
        found.kind = static_cast<std::uint32_t>(field.value);
        break;
      case 7:
        found.start = field.value;
        break;
      case 8:
        found.end = field.value;
        break;
      default:
        break;
    }
  }
  if (!finish(reader, m_span)) {
    return false;
  }
  if (!take_id(trace_id, found.trace_id)) {
    ++scan.bad_trace_ids;
  } else if (!is_span_id(span_id)) {
    ++scan.bad_span_ids;
  } else if (!parent_id.empty() && parent_id.size() != SpanId{}.bytes.size()) {
    ++scan.bad_parent_ids;
  } else {
    scan.spans.push_back(found);
  }
  return true;
}

Result<std::uint64_t> WireScanner::count_items(Signal signal, std::string_view payload) {
  std::fill(m_counts.begin(), m_counts.end(), 0);
  if (!check(m_schema.request_of(signal), payload, 0)) {
    return otelctl::fail(error(payload));
  }
  const auto count = [this](std::string_view name) { return m_counts[m_schema.index_of(name)]; };
  switch (signal) {
    case Signal::metrics:
      return count("NumberDataPoint") + count("HistogramDataPoint") +
             count("ExponentialHistogramDataPoint") + count("SummaryDataPoint");
    case Signal::logs:
      return count("LogRecord");
    case Signal::traces:
      break;
  }
  return count("Span");
}

bool WireScanner::check(std::size_t message, std::string_view content, std::size_t nesting) {
  if (message == m_key_value && is_plain_attribute(content)) {
    return true;
  }
  std::size_t depth = 0;
  m_frames[0] = {WireReader(content), &m_schema.message(message)};
  WireField field;
  for (;;) {
    Frame& frame = m_frames[depth];
    if (!frame.reader.next(field)) {
      if (!finish(frame.reader, *frame.message)) {
        return false;
      }
      if (depth == 0) {
        return true;
      }
      --depth;
      continue;
    }
    const FieldRule& rule = frame.message->rule(field.number);
    if (!check_field(*frame.message, rule, field)) {
      return false;
    }
    if (rule.kind != FieldKind::message) {
      continue;
    }
    ++m_counts[rule.message];
    if (rule.message == m_key_value && is_plain_attribute(field.content)) {
      continue;
    }
    if (nesting + depth + 1 >= k_max_nesting) {
      return fail(*frame.message, field.number, field.record.data(), "is nested too deep");
    }
    m_frames[++depth] = {WireReader(field.content), &m_schema.message(rule.message)};
  }
}

bool WireScanner::check_field(const MessageSchema& message, const FieldRule& rule,
                              const WireField& field) {
  if (rule.kind == FieldKind::unknown) {
    return true;
  }
  if (field.type != wire_type_of(rule.kind)) {
    return is_packed(rule, field) || fail(message, field.number, field.record.data(), k_wrong_type);
  }
  if (rule.kind == FieldKind::text && !is_ascii(field.content) && !is_valid_utf8(field.content)) {
    return fail(message, field.number, field.record.data(), "is not valid UTF-8");
  }
  return true;
}

bool WireScanner::finish(const WireReader& reader, const MessageSchema& message) {
  return !reader.failed() || fail(message, reader.field_number(), reader.place(), reader.fault());
}

bool WireScanner::fail(const MessageSchema& message, std::uint32_t field, const char* place,
                       const char* fault) {
  m_fault = {&message, field, place, fault};
  return false;
}

Error WireScanner::error(std::string_view payload) const {
  const auto place = m_fault.place - payload.data();
  return {ErrorKind::not_understood,
          fmt::format("{}: {} at byte {} {}", m_fault.message->name,
                      m_fault.message->name_of(m_fault.field), place, m_fault.what),
          "the body must be a serialized OTLP export request"};
}

}  // namespace otelctl::server
