// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "synth/capture.hpp"
#include "synth/captured_records.hpp"
#include "synth/generator.hpp"
#include "synth/sequence.hpp"

namespace otelctl::synth {

struct ReplayOptions {
  std::uint64_t seed = 0;
};

// Sends captured telemetry again. Of traces a unit is a trace of the capture, in the order of their
// first starts; of metrics and logs a unit is the whole capture. When all units were sent, the next
// round begins again with the first one.
//
// Records are copied byte for byte, fields that are not in the schema included, except:
// - Ids. A trace or span id becomes a function of the seed, the round and the old id, wherever it
//   stands: in spans, parents, links, exemplars and log records. So children keep their parents,
//   links to traces of the capture lead to their copies of the same round, equal ids stay equal
//   (those of spans and traces that were not captured too), and rounds share no ids. Captures of
//   several signals that are replayed with the same seed refer to each other as before.
//   What is no id, because it has another length or only zeros, stays as it is.
// - Times. All of a unit are moved by the same amount, so that its earliest start (Anchor::start)
//   or its latest end (Anchor::end) comes to the slice's time. Distances stay exact; a time that
//   would leave the range of 64 bits stops at its end. 0, which is "unknown", stays.
//
// In a request each resource stands once and each scope once in its resource, as far as they are
// the same byte for byte; their schema URLs belong to them.
class Replay final : public Generator {
 public:
  // `bytes` are a capture (see capture.hpp), `name` is the file's name in messages.
  // Error kind: settings, with the place in the file, when it cannot be read or has no records of
  // the signal.
  static Result<Replay> read(std::string_view bytes, std::string_view name, Signal signal,
                             const ReplayOptions& options);

  // What a user should know: messages that were passed over, ids that are none.
  const std::vector<std::string>& notes() const { return m_notes; }
  // All records of a round.
  std::uint64_t records() const { return m_records.size() - 1; }

  Signal signal() const override { return m_signal; }
  std::uint64_t default_units() const override { return m_units.size(); }
  std::uint32_t size(std::uint64_t unit) const override { return unit_of(unit).count; }
  bool keeps_units_whole() const override { return m_signal == Signal::traces; }
  // Nothing for a trace whose captured id is none.
  std::optional<TraceId> trace_id(std::uint64_t unit) const override;
  std::unique_ptr<Workspace> make_workspace() const override;
  std::string_view encode(const std::vector<Slice>& slices, Anchor anchor,
                          Workspace& workspace) const override;

 private:
  struct Record {
    std::size_t begin;        // in m_bytes; it ends where the next one begins
    std::size_t first_patch;  // in m_patches; likewise
    std::uint32_t group;
  };
  struct Unit {
    std::size_t first;  // index into m_records
    std::uint32_t count;
    std::uint64_t start;  // earliest, latest; 0 when it has no times
    std::uint64_t end;
    std::optional<TraceId> trace_id;
  };
  // Records of one slice that follow each other in one group.
  struct Run {
    std::uint32_t group;
    std::size_t first;  // index into m_records
    std::size_t last;   // exclusive
    std::size_t slice;
  };
  struct Work;
  // What ids of a round are made with.
  struct RoundKeys {
    std::uint64_t span;
    std::uint64_t trace_high;
    std::uint64_t trace_low;
  };

  Replay(Signal signal, std::uint64_t seed) : m_signal(signal), m_sequence(seed) {}

  void take_records(const CapturedRecords& found);
  void take_units(const CapturedRecords& found, std::vector<std::size_t>& unit_of_record);
  void take_notes(const Capture& capture, std::uint64_t bad_ids);
  const Unit& unit_of(std::uint64_t unit) const { return m_units[unit % m_units.size()]; }
  RoundKeys keys_of(std::uint64_t unit) const;
  void find_runs(const std::vector<Slice>& slices, Work& work) const;
  std::size_t measure(Work& work) const;
  char* put_heads(std::uint32_t group, std::uint32_t before, const Work& work, char* at) const;
  char* put_run(const Run& run, const Slice& slice, Anchor anchor, char* at) const;

  Signal m_signal;
  Sequence m_sequence;
  std::vector<std::string> m_notes;
  std::vector<RecordGroup> m_groups;  // depth first
  std::vector<Record> m_records;      // by unit; one more at the end
  std::vector<RecordPatch> m_patches;
  std::vector<Unit> m_units;
  std::string m_bytes;
};

}  // namespace otelctl::synth
