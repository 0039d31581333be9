// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/wire_scan.hpp"

#include <cstring>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::server {
namespace {

// Most strings are ASCII: eight bytes at a time, and only the rest is decoded.
bool is_utf8(std::string_view text) {
  constexpr std::uint64_t k_high_bits = 0x8080808080808080U;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    if ((word & k_high_bits) != 0) {
      return is_valid_utf8({at, left});
    }
  }
  unsigned char bits = 0;
  for (; left > 0; ++at, --left) {
    bits = static_cast<unsigned char>(bits | static_cast<unsigned char>(*at));
  }
  return bits < 0x80 || is_valid_utf8(text);
}

template <typename IdType>
bool is_id(std::string_view raw) {
  const auto id = from_bytes<IdType>(raw);
  return id && id->is_valid();
}

const FieldRule& rule_of(Message message, std::uint32_t field) {
  return rules_of(message).fields[field <= k_highest_field ? field : 0];
}

// What the field has been given so far, joined with the next occurrence.
void merge(std::string_view& target, std::string_view next, TraceScan& scan) {
  if (target.empty()) {
    target = next;
  } else if (!next.empty()) {
    target = scan.merged.emplace_back(std::string(target) + std::string(next));
  }
}

}  // namespace

void TraceScan::clear() {
  resources.clear();
  scopes.clear();
  spans.clear();
  merged.clear();
  bad_trace_ids = bad_span_ids = bad_parent_ids = 0;
}

Result<void> WireScanner::scan_traces(std::string_view payload, TraceScan& scan) {
  scan.clear();
  WireReader reader(payload);
  WireField field;
  while (reader.next(field)) {
    const FieldRule& rule = rule_of(Message::trace_request, field.number);
    if (!check_field(Message::trace_request, rule, field)) {
      return otelctl::fail(error(payload));
    }
    if (rule.kind == FieldKind::message && !scan_resource_spans(field.content, scan)) {
      return otelctl::fail(error(payload));
    }
  }
  if (!finish(reader, Message::trace_request)) {
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
    const FieldRule& rule = rule_of(Message::resource_spans, field.number);
    if (!check_field(Message::resource_spans, rule, field)) {
      return false;
    }
    if (rule.message == Message::scope_spans) {
      if (!scan_scope_spans(field.content, index, scan)) {
        return false;
      }
    } else if (rule.message == Message::resource) {
      if (!check(Message::resource, field.content, 2)) {
        return false;
      }
      merge(scan.resources[index].resource, field.content, scan);
    } else if (rule.kind == FieldKind::text) {
      scan.resources[index].schema_url = field.content;
    }
  }
  return finish(reader, Message::resource_spans);
}

bool WireScanner::scan_scope_spans(std::string_view content, std::size_t resource,
                                   TraceScan& scan) {
  const std::size_t index = scan.scopes.size();
  scan.scopes.push_back({.resource = resource});
  WireReader reader(content);
  WireField field;
  while (reader.next(field)) {
    const FieldRule& rule = rule_of(Message::scope_spans, field.number);
    if (!check_field(Message::scope_spans, rule, field)) {
      return false;
    }
    if (rule.message == Message::span) {
      if (!scan_span(field, static_cast<std::uint32_t>(index), scan)) {
        return false;
      }
    } else if (rule.message == Message::scope) {
      if (!check(Message::scope, field.content, 3)) {
        return false;
      }
      merge(scan.scopes[index].scope, field.content, scan);
    } else if (rule.kind == FieldKind::text) {
      scan.scopes[index].schema_url = field.content;
    }
  }
  return finish(reader, Message::scope_spans);
}

bool WireScanner::scan_span(const WireField& span, std::uint32_t scope, TraceScan& scan) {
  ScannedSpan found{.trace_id = {}, .scope = scope, .record = span.record};
  std::string_view trace_id;
  std::string_view span_id;
  std::string_view parent_id;
  WireReader reader(span.content);
  WireField field;
  while (reader.next(field)) {
    const FieldRule& rule = rule_of(Message::span, field.number);
    if (!check_field(Message::span, rule, field)) {
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
  if (!finish(reader, Message::span)) {
    return false;
  }
  const auto id = from_bytes<TraceId>(trace_id);
  if (!id || !id->is_valid()) {
    ++scan.bad_trace_ids;
  } else if (!is_id<SpanId>(span_id)) {
    ++scan.bad_span_ids;
  } else if (!parent_id.empty() && parent_id.size() != SpanId{}.bytes.size()) {
    ++scan.bad_parent_ids;
  } else {
    found.trace_id = *id;
    scan.spans.push_back(found);
  }
  return true;
}

Result<std::uint64_t> WireScanner::count_items(Signal signal, std::string_view payload) {
  m_counts.fill(0);
  const Message request = signal == Signal::metrics ? Message::metrics_request
                          : signal == Signal::logs  ? Message::logs_request
                                                    : Message::trace_request;
  if (!check(request, payload, 0)) {
    return otelctl::fail(error(payload));
  }
  const auto count = [this](Message message) {
    return m_counts[static_cast<std::size_t>(message)];
  };
  switch (signal) {
    case Signal::metrics:
      return count(Message::number_point) + count(Message::histogram_point) +
             count(Message::exponential_point) + count(Message::summary_point);
    case Signal::logs:
      return count(Message::log_record);
    case Signal::traces:
      break;
  }
  return count(Message::span);
}

bool WireScanner::check(Message message, std::string_view content, std::size_t nesting) {
  m_frames.clear();
  m_frames.push_back({WireReader(content), message});
  WireField field;
  while (!m_frames.empty()) {
    Frame& frame = m_frames.back();
    if (!frame.reader.next(field)) {
      if (!finish(frame.reader, frame.message)) {
        return false;
      }
      m_frames.pop_back();
      continue;
    }
    const FieldRule& rule = rule_of(frame.message, field.number);
    if (!check_field(frame.message, rule, field)) {
      return false;
    }
    if (rule.kind == FieldKind::message) {
      if (nesting + m_frames.size() >= k_max_nesting) {
        return fail(frame.message, field.number, field.record.data(), "is nested too deep");
      }
      ++m_counts[static_cast<std::size_t>(rule.message)];
      m_frames.push_back({WireReader(field.content), rule.message});
    }
  }
  return true;
}

bool WireScanner::check_field(Message message, const FieldRule& rule, const WireField& field) {
  bool has_right_type = true;
  switch (rule.kind) {
    case FieldKind::unknown:
      return true;
    case FieldKind::varint:
      has_right_type = field.type == WireType::varint;
      break;
    case FieldKind::fixed32:
      has_right_type = field.type == WireType::fixed32;
      break;
    case FieldKind::fixed64:
      has_right_type = field.type == WireType::fixed64;
      break;
    case FieldKind::text:
      if (field.type == WireType::length && !is_utf8(field.content)) {
        return fail(message, field.number, field.record.data(), "is not valid UTF-8");
      }
      [[fallthrough]];
    case FieldKind::bytes:
    case FieldKind::message:
      has_right_type = field.type == WireType::length;
      break;
    case FieldKind::fixed64s:
      has_right_type = field.type == WireType::fixed64 ||
                       (field.type == WireType::length && field.content.size() % 8 == 0);
      break;
    case FieldKind::varints: {
      has_right_type = field.type == WireType::varint || field.type == WireType::length;
      WireReader packed(field.content);
      std::uint64_t value = 0;
      while (has_right_type && !packed.at_end()) {
        has_right_type = packed.read_varint(value);
      }
      break;
    }
  }
  return has_right_type || fail(message, field.number, field.record.data(),
                                "has another wire type than the schema gives it");
}

bool WireScanner::finish(const WireReader& reader, Message message) {
  return !reader.failed() || fail(message, reader.field_number(), reader.place(), reader.fault());
}

bool WireScanner::fail(Message message, std::uint32_t field, const char* place, const char* fault) {
  m_fault = {message, field, place, fault};
  return false;
}

Error WireScanner::error(std::string_view payload) const {
  const auto place = m_fault.place - payload.data();
  return {ErrorKind::not_understood,
          fmt::format("{}: {} at byte {} {}", name_of(m_fault.message),
                      field_name(m_fault.message, m_fault.field), place, m_fault.what),
          "the body must be a serialized OTLP export request"};
}

}  // namespace otelctl::server
