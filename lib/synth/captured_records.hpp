// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
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

enum class PatchKind : std::uint8_t { trace_id, span_id, time };

// What a replay writes anew, always with as many bytes.
struct RecordPatch {
  std::uint32_t offset = 0;  // from the record's beginning
  PatchKind kind = PatchKind::time;
};

struct CapturedRecord {
  std::string_view bytes{};     // the field in its list, with its tag and length
  std::string_view trace_id{};  // as captured; may be no id
  std::uint32_t group = 0;
  std::size_t first_patch = 0;
  // Of a span its start and end, of others their time; 0 is unknown.
  std::uint64_t start = 0;
  std::uint64_t end = 0;
};

struct CapturedRecords {
  std::vector<RecordGroup> groups;  // parents before children
  std::vector<CapturedRecord> records;
  std::vector<RecordPatch> patches;  // in the order of their records
  std::uint64_t bad_ids =
      0;  // records with an id of a wrong length or of zeros, which stays as it is
};

// Collects the records of one signal from any number of payloads.
class RecordScanner {
 public:
  explicit RecordScanner(Signal signal);

  // The views that are found point into the payload. Error kind: not_understood; the message names
  // the byte of the payload, the message and the field.
  Result<void> scan(std::string_view payload);

  CapturedRecords take() { return std::move(m_found); }

 private:
  // What a field means to a replay.
  enum class Part : std::uint8_t { other, list, trace_id, span_id, start, end, time };
  struct Row {
    std::string_view message;
    std::uint32_t field;
    Part part;
  };
  using Parts = std::array<Part, otlp::k_highest_field + 1>;
  struct Entry {
    std::size_t message;
    std::string_view content;
    std::uint32_t group;
  };

  static const Row k_rows[];

  Part part_of(std::size_t message, std::uint32_t field) const;
  bool scan_entry(const Entry& entry);
  bool scan_record(std::size_t message, const otlp::WireField& field, std::uint32_t group);
  bool scan_fields(std::size_t message, std::string_view content, CapturedRecord& record,
                   bool& has_bad_id);
  void note_id(const otlp::WireField& field, Part part, CapturedRecord& record, bool& has_bad_id);
  std::uint32_t group_of(std::uint32_t parent, std::uint32_t field, std::string fields);
  bool check_type(std::size_t message, const otlp::WireField& field);
  bool finish(const otlp::WireReader& reader, std::size_t message);
  bool fail(std::size_t message, std::uint32_t field, const char* place, const char* what);

  const otlp::WireSchema& m_schema;
  std::size_t m_request;
  std::vector<Parts> m_parts;          // by message
  std::vector<bool> m_is_looked_into;  // by message: it has parts
  CapturedRecords m_found;
  std::unordered_map<std::string, std::uint32_t> m_known_groups;
  std::string m_fault;
};

}  // namespace otelctl::synth
