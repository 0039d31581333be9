// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "base/signal.hpp"
#include "otlp/wire_reader.hpp"
#include "otlp/wire_schema.hpp"

// The records of captured requests (spans, data points, log records) with the places of their ids
// and times, and what they stand in.
namespace otelctl::synth {

inline constexpr std::uint32_t k_no_group = 0xFFFFFFFF;

// A message that holds others in a list: a resource's or a scope's entry, a metric, a metric's
// data. Two that say the same in the same place are one.
struct RecordGroup {
  std::uint32_t parent = k_no_group;  // k_no_group: stands in the request itself
  std::uint32_t field = 0;            // its number in the parent
  std::string fields;                 // all that it says besides the list, as it was captured
};

enum class RenewedKind : std::uint8_t { trace_id, span_id, time };

// What a replay writes anew, always with as many bytes.
struct RecordPatch {
  std::uint32_t offset = 0;  // from the record's beginning
  RenewedKind kind = RenewedKind::time;
};

struct CapturedRecord {
  std::string_view bytes{};     // the field in its list, with its tag and length
  std::string_view trace_id{};  // as captured; may be no id
  std::uint32_t group = 0;
  std::size_t first_patch = 0;
  // Of a span its start and end, of others twice their time; 0 is unknown.
  std::uint64_t start = 0;
  std::uint64_t end = 0;
};

struct CapturedRecords {
  std::vector<RecordGroup> groups;  // parents before children
  std::vector<CapturedRecord> records;
  std::vector<RecordPatch> patches;  // in the order of their records
  // Records with an id of a wrong length or of zeros, which stays as it is.
  std::uint64_t bad_ids = 0;
};

struct WireFault {
  std::size_t at = 0;  // the byte of the payload
  std::string what;    // "Span.start_time_unix_nano runs past the end of its message"
};

// Collects the records of one signal from any number of payloads.
class RecordScanner {
 public:
  explicit RecordScanner(Signal signal);

  // The views that are found point into the payload. Attributes, bodies and other values are not
  // looked into.
  tl::expected<void, WireFault> scan(std::string_view payload);

  CapturedRecords take() { return std::move(m_found); }

 private:
  // What a field means to a replay.
  enum class Part : std::uint8_t {
    other,
    list,
    trace_id,
    span_id,
    parent_id,
    start,
    end,
    moment,
    observed,
    time
  };
  struct Row {
    std::string_view message;
    std::uint32_t field;
    Part part;
  };
  struct Message {
    const otlp::MessageSchema* schema = nullptr;
    std::array<Part, otlp::k_highest_field + 1> parts{};
    bool has_list = false;
    bool has_parts = false;
  };
  static const std::vector<Row>& rows();

  bool scan_list(const Message& message, std::string_view content, std::uint32_t group);
  bool scan_record(const Message& message, const otlp::WireField& field, std::uint32_t group);
  bool scan_parts(const Message& message, std::string_view content, bool is_outermost);
  void take_part(Part part, const otlp::WireField& field, bool is_outermost);
  void take_time(Part part, const otlp::WireField& field, CapturedRecord& record);
  void add_patch(const char* place, RenewedKind kind);
  bool take_group(const Message& message, const otlp::WireField& field, std::uint32_t& group);
  bool check_type(const Message& message, const otlp::WireField& field);
  bool finish(const Message& message, const otlp::WireReader& reader);
  bool fail(const Message& message, std::uint32_t field, const char* place, const char* what);

  std::vector<Message> m_messages;  // as in WireSchema
  bool m_is_traces;
  std::size_t m_request;
  CapturedRecords m_found;
  // Of the record that is looked at.
  bool m_has_bad_id = false;
  std::string_view m_span_id{};
  std::unordered_map<std::string, std::uint32_t> m_group_indexes;
  const char* m_fault_place = nullptr;
  std::string m_fault;
};

}  // namespace otelctl::synth
