// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/captured_records.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/ids.hpp"

namespace otelctl::synth {

using otlp::FieldKind;
using otlp::WireField;
using otlp::WireReader;
using otlp::WireSchema;
using otlp::WireType;

namespace {

constexpr std::size_t k_time_bytes = 8;

bool is_id(std::string_view raw, std::size_t size) {
  return raw.size() == size &&
         std::any_of(raw.begin(), raw.end(), [](char byte) { return byte != '\0'; });
}

std::string key_of(std::uint32_t parent, std::uint32_t field, const std::string& fields) {
  return fmt::format("{} {} {}", parent, field, fields);
}

}  // namespace

// Where lists, ids and times are (opentelemetry-proto 1.11.0). Every other field is copied.
const std::vector<RecordScanner::Row>& RecordScanner::rows() {
  static const std::vector<Row> rows{
      {"ExportTraceServiceRequest", 1, Part::list},
      {"ResourceSpans", 2, Part::list},
      {"ScopeSpans", 2, Part::list},
      {"Span", 1, Part::trace_id},
      {"Span", 2, Part::span_id},
      {"Span", 4, Part::parent_id},
      {"Span", 7, Part::start},
      {"Span", 8, Part::end},
      {"Event", 1, Part::time},
      {"Link", 1, Part::trace_id},
      {"Link", 2, Part::span_id},
      {"ExportLogsServiceRequest", 1, Part::list},
      {"ResourceLogs", 2, Part::list},
      {"ScopeLogs", 2, Part::list},
      {"LogRecord", 1, Part::moment},
      {"LogRecord", 9, Part::trace_id},
      {"LogRecord", 10, Part::span_id},
      {"LogRecord", 11, Part::observed},
      {"ExportMetricsServiceRequest", 1, Part::list},
      {"ResourceMetrics", 2, Part::list},
      {"ScopeMetrics", 2, Part::list},
      {"Metric", 5, Part::list},
      {"Metric", 7, Part::list},
      {"Metric", 9, Part::list},
      {"Metric", 10, Part::list},
      {"Metric", 11, Part::list},
      {"Gauge", 1, Part::list},
      {"Sum", 1, Part::list},
      {"Histogram", 1, Part::list},
      {"ExponentialHistogram", 1, Part::list},
      {"Summary", 1, Part::list},
      {"NumberDataPoint", 2, Part::time},
      {"NumberDataPoint", 3, Part::moment},
      {"HistogramDataPoint", 2, Part::time},
      {"HistogramDataPoint", 3, Part::moment},
      {"ExponentialHistogramDataPoint", 2, Part::time},
      {"ExponentialHistogramDataPoint", 3, Part::moment},
      {"SummaryDataPoint", 2, Part::time},
      {"SummaryDataPoint", 3, Part::moment},
      {"Exemplar", 2, Part::time},
      {"Exemplar", 4, Part::span_id},
      {"Exemplar", 5, Part::trace_id},
  };
  return rows;
}

RecordScanner::RecordScanner(Signal signal, const CaptureLimits& limits)
    : m_limits(limits),
      m_is_traces(signal == Signal::traces),
      m_request(WireSchema::get().request_of(signal)) {
  const WireSchema& schema = WireSchema::get();
  m_messages.resize(schema.size());
  for (std::size_t index = 0; index < schema.size(); ++index) {
    m_messages[index].schema = &schema.message(index);
  }
  for (const Row& row : rows()) {
    Message& message = m_messages[schema.index_of(row.message)];
    message.parts.at(row.field) = row.part;
    (row.part == Part::list ? message.has_list : message.has_parts) = true;
  }
}

tl::expected<void, WireFault> RecordScanner::scan(std::string_view payload) {
  if (!scan_lists(payload)) {
    return tl::unexpected(
        WireFault{static_cast<std::size_t>(m_fault_place - payload.data()), m_fault});
  }
  return {};
}

bool RecordScanner::scan_lists(std::string_view payload) {
  m_open.clear();
  m_open.push_back({WireReader(payload), &m_messages[m_request], k_no_group});
  WireField field;
  while (!m_open.empty()) {
    OpenList& list = m_open.back();
    const Message& message = *list.message;
    if (!list.reader.next(field)) {
      if (!finish(message, list.reader)) {
        return false;
      }
      m_open.pop_back();
      continue;
    }
    if (!check_type(message, field)) {
      return false;
    }
    const otlp::FieldRule& rule = message.schema->rule(field.number);
    if (rule.kind != FieldKind::message || message.parts[field.number] != Part::list) {
      continue;
    }
    const Message& entry = m_messages[rule.message];
    std::uint32_t group = list.group;
    if (!entry.has_list) {
      if (!scan_record(entry, field, group)) {
        return false;
      }
      continue;
    }
    if (!take_group(entry, field, group)) {
      return false;
    }
    m_open.push_back({WireReader(field.content), &entry, group});
  }
  return true;
}

// `group` is the parent's, and then the entry's own.
bool RecordScanner::take_group(const Message& message, const WireField& field,
                               std::uint32_t& group) {
  std::string fields;
  WireReader reader(field.content);
  WireField inner;
  while (reader.next(inner)) {
    if (inner.number > otlp::k_highest_field || message.parts[inner.number] != Part::list) {
      fields += inner.record;
    }
  }
  if (!finish(message, reader)) {
    return false;
  }
  const auto [known, is_new] = m_group_indexes.try_emplace(
      key_of(group, field.number, fields), static_cast<std::uint32_t>(m_found.groups.size()));
  if (is_new) {
    if (m_found.groups.size() >= m_limits.groups) {
      return fail(message, field.record.data(),
                  fmt::format("there are more than {} different ones", m_limits.groups));
    }
    m_found.groups.push_back({group, field.number, std::move(fields)});
  }
  group = known->second;
  return true;
}

bool RecordScanner::scan_record(const Message& message, const WireField& record_field,
                                std::uint32_t group) {
  if (m_found.records.size() >= m_limits.records) {
    return fail(message, record_field.record.data(),
                fmt::format("there are more than {}", m_limits.records));
  }
  CapturedRecord& record = m_found.records.emplace_back();
  record.bytes = record_field.record;
  record.group = group;
  record.first_patch = m_found.patches.size();
  m_has_bad_id = false;
  m_span_id = {};
  WireReader reader(record_field.content);
  WireField field;
  while (reader.next(field)) {
    if (!check_type(message, field)) {
      return false;
    }
    const otlp::FieldRule& rule = message.schema->rule(field.number);
    if (rule.kind != FieldKind::message) {
      take_part(message, field, true);
    } else if (m_messages[rule.message].has_parts &&
               !scan_inner(m_messages[rule.message], field.content)) {
      return false;
    }
  }
  // Only a span must have ids.
  const bool lacks_id = m_is_traces && (record.trace_id.empty() || m_span_id.empty());
  m_found.bad_ids += m_has_bad_id || lacks_id ? 1 : 0;
  return finish(message, reader);
}

// An event, a link or an exemplar.
bool RecordScanner::scan_inner(const Message& message, std::string_view content) {
  WireReader reader(content);
  WireField field;
  while (reader.next(field)) {
    if (!check_type(message, field)) {
      return false;
    }
    take_part(message, field, false);
  }
  return finish(message, reader);
}

void RecordScanner::take_part(const Message& message, const WireField& field, bool is_outermost) {
  if (field.number > otlp::k_highest_field) {
    return;
  }
  CapturedRecord& record = m_found.records.back();
  const Part part = message.parts[field.number];
  switch (part) {
    case Part::other:
    case Part::list:
      return;
    case Part::trace_id:
    case Part::span_id:
    case Part::parent_id: {
      const bool is_trace = part == Part::trace_id;
      if (is_outermost && part != Part::parent_id) {
        (is_trace ? record.trace_id : m_span_id) = field.content;
      }
      if (is_id(field.content, is_trace ? sizeof(TraceId) : sizeof(SpanId))) {
        add_patch(field.content.data(), is_trace ? RenewedKind::trace_id : RenewedKind::span_id);
      } else if (!field.content.empty()) {
        m_has_bad_id = true;
      }
      return;
    }
    default:
      take_time(part, field, record);
  }
}

void RecordScanner::take_time(Part part, const WireField& field, CapturedRecord& record) {
  if (field.value == 0) {
    return;  // not known, and stays so
  }
  switch (part) {
    case Part::start:
      record.start = field.value;
      break;
    case Part::end:
      record.end = field.value;
      break;
    case Part::moment:
      record.start = record.end = field.value;
      break;
    case Part::observed:
      // A log record's own time may be unknown.
      record.start = record.end = record.start == 0 ? field.value : record.start;
      break;
    default:
      break;
  }
  add_patch(field.record.data() + field.record.size() - k_time_bytes, RenewedKind::time);
}

void RecordScanner::add_patch(const char* place, RenewedKind kind) {
  const char* const begin = m_found.records.back().bytes.data();
  m_found.patches.push_back({static_cast<std::uint32_t>(place - begin), kind});
}

bool RecordScanner::check_type(const Message& message, const WireField& field) {
  const otlp::FieldRule& rule = message.schema->rule(field.number);
  if (rule.kind == FieldKind::unknown || field.type == otlp::wire_type_of(rule.kind) ||
      (rule.is_repeated && field.type == WireType::length)) {
    return true;
  }
  return fail(message, field.number, field.record.data(),
              "has another wire type than the schema gives it");
}

bool RecordScanner::finish(const Message& message, const WireReader& reader) {
  return !reader.failed() || fail(message, reader.field_number(), reader.place(), reader.fault());
}

bool RecordScanner::fail(const Message& message, const char* place, std::string_view what) {
  m_fault_place = place;
  m_fault = fmt::format("{}: {}", message.schema->name, what);
  return false;
}

bool RecordScanner::fail(const Message& message, std::uint32_t field, const char* place,
                         std::string_view what) {
  return fail(message, place, fmt::format("{} {}", message.schema->name_of(field), what));
}

}  // namespace otelctl::synth
