// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/replay.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// The deepest that records stand in a request: resource, scope, metric, the metric's data.
constexpr std::size_t k_most_levels = 4;

std::uint64_t get_big_endian(const char* at) {
  std::uint64_t value = 0;
  for (unsigned byte = 0; byte < 8; ++byte) {
    value = value << 8U | static_cast<unsigned char>(at[byte]);
  }
  return value;
}

// A bijection: different words stay different.
std::uint64_t scramble(std::uint64_t word) {
  return Sequence(word).at(0, 0);
}

// `time` moved as `from` is when it is moved to `to`.
std::uint64_t moved(std::uint64_t time, std::uint64_t from, std::uint64_t to) {
  if (time >= from) {
    const std::uint64_t ahead = time - from;
    return ahead > std::numeric_limits<std::uint64_t>::max() - to
               ? std::numeric_limits<std::uint64_t>::max()
               : to + ahead;
  }
  const std::uint64_t behind = from - time;
  return behind < to ? to - behind : 1;  // 0 would be "unknown"
}

// The groups in the order in which a request holds them: each followed by those in it. Gives the
// new index of each old one.
std::vector<std::uint32_t> sort_groups(std::vector<RecordGroup>& groups) {
  const std::size_t count = groups.size();
  std::vector<std::vector<std::uint32_t>> children(count + 1);  // of none: the last
  for (std::uint32_t group = 0; group < count; ++group) {
    children[groups[group].parent == k_no_group ? count : groups[group].parent].push_back(group);
  }
  std::vector<std::uint32_t> places(count);
  std::vector<RecordGroup> sorted;
  sorted.reserve(count);
  std::vector<std::uint32_t> open(children[count].rbegin(), children[count].rend());
  while (!open.empty()) {
    const std::uint32_t group = open.back();
    open.pop_back();
    open.insert(open.end(), children[group].rbegin(), children[group].rend());
    places[group] = static_cast<std::uint32_t>(sorted.size());
    RecordGroup& moved_group = sorted.emplace_back(std::move(groups[group]));
    if (moved_group.parent != k_no_group) {
      moved_group.parent = places[moved_group.parent];
    }
  }
  groups = std::move(sorted);
  return places;
}

}  // namespace

struct Replay::Work final : Workspace {
  std::vector<Run> runs;
  std::vector<std::size_t> sizes;     // by group: its content; 0 when it is not in the request
  std::vector<std::uint32_t> groups;  // those that are
  std::vector<char> buffer;           // as long as the largest request so far
};

Result<Replay> Replay::read(std::string_view bytes, std::string_view name, Signal signal,
                            const ReplayOptions& options) {
  const auto capture = read_capture(bytes, name, signal);
  if (!capture) {
    return fail(capture.error());
  }
  RecordScanner scanner(signal);
  for (const CapturedRequest& request : capture->requests) {
    if (const auto scanned = scanner.scan(request.payload); !scanned) {
      // What was JSON is well-formed; only its amount can be wrong, and its bytes are others.
      const std::size_t at = request.at + (capture->is_json ? 0 : scanned.error().at);
      return fail(ErrorKind::settings,
                  fmt::format("{}: byte {}: {}", name, at, scanned.error().what),
                  std::string(k_capture_hint));
    }
  }
  CapturedRecords found = scanner.take();
  Replay replay(signal, options.seed);
  replay.take_notes(*capture, found.bad_ids);
  if (found.records.empty()) {
    return fail(ErrorKind::settings, fmt::format("{}: holds no {}s", name, noun_of(signal)),
                replay.m_notes.empty() ? std::string(k_capture_hint) : join(replay.m_notes, "; "));
  }
  const std::vector<std::uint32_t> places = sort_groups(found.groups);
  for (CapturedRecord& record : found.records) {
    record.group = places[record.group];
  }
  replay.take_records(found);
  replay.m_groups = std::move(found.groups);
  return replay;
}

void Replay::take_notes(const Capture& capture, std::uint64_t bad_ids) {
  for (const Signal signal : {Signal::traces, Signal::metrics, Signal::logs}) {
    if (const auto others = capture.others[static_cast<std::size_t>(signal)]; others > 0) {
      m_notes.push_back(
          fmt::format("passed over {} of {}", counted(others, "message"), name_of(signal)));
    }
  }
  if (capture.profiles > 0) {
    m_notes.push_back(
        fmt::format("passed over {} of profiles", counted(capture.profiles, "message")));
  }
  if (bad_ids > 0) {
    m_notes.push_back(
        fmt::format("invalid ids in {} are sent as they are", counted(bad_ids, noun_of(m_signal))));
  }
}

// Finds the units in the order of their starts and which of them each record is in.
void Replay::take_units(const CapturedRecords& found, std::vector<std::size_t>& unit_of_record) {
  std::unordered_map<std::string_view, std::size_t> known;
  for (const CapturedRecord& record : found.records) {
    const std::string_view key = m_signal == Signal::traces ? record.trace_id : std::string_view();
    const auto [at, is_new] = known.try_emplace(key, m_units.size());
    if (is_new) {
      auto id = m_signal == Signal::traces ? from_bytes<TraceId>(key) : std::nullopt;
      m_units.push_back({0, 0, 0, 0, id && id->is_valid() ? id : std::nullopt});
    }
    Unit& unit = m_units[at->second];
    ++unit.count;
    if (record.start != 0 && (unit.start == 0 || record.start < unit.start)) {
      unit.start = record.start;
    }
    unit.end = std::max({unit.end, record.start, record.end});
    unit_of_record.push_back(at->second);
  }
  std::vector<std::size_t> order(m_units.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [this](std::size_t left, std::size_t right) {
    return m_units[left].start < m_units[right].start;
  });
  std::vector<std::size_t> places(m_units.size());
  std::vector<Unit> sorted;
  std::size_t first = 0;
  for (const std::size_t unit : order) {
    places[unit] = sorted.size();
    sorted.push_back(m_units[unit]);
    sorted.back().first = first;
    first += sorted.back().count;
  }
  m_units = std::move(sorted);
  for (std::size_t& unit : unit_of_record) {
    unit = places[unit];
  }
}

void Replay::take_records(const CapturedRecords& found) {
  std::vector<std::size_t> units;
  take_units(found, units);
  std::vector<std::size_t> order(found.records.size());
  std::iota(order.begin(), order.end(), 0);
  // A trace by service; log records and data points in the order in which they were captured.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    if (units[left] != units[right]) {
      return units[left] < units[right];
    }
    return m_signal == Signal::traces && found.records[left].group < found.records[right].group;
  });
  std::size_t size = 0;
  for (const CapturedRecord& record : found.records) {
    size += record.bytes.size();
  }
  m_bytes.reserve(size);
  m_patches.reserve(found.patches.size());
  m_records.reserve(order.size() + 1);
  for (const std::size_t index : order) {
    const CapturedRecord& record = found.records[index];
    m_records.push_back({m_bytes.size(), m_patches.size(), record.group});
    m_bytes += record.bytes;
    const std::size_t last_patch = index + 1 < found.records.size()
                                       ? found.records[index + 1].first_patch
                                       : found.patches.size();
    for (std::size_t patch = record.first_patch; patch < last_patch; ++patch) {
      m_patches.push_back(found.patches[patch]);
    }
  }
  m_records.push_back({m_bytes.size(), m_patches.size(), k_no_group});
}

Replay::RoundKeys Replay::keys_of(std::uint64_t unit) const {
  const std::uint64_t round = unit / m_units.size();
  return {m_sequence.at(round, 0), m_sequence.at(round, 1), m_sequence.at(round, 2)};
}

namespace {

// The id that stands there becomes the round's. Different ids stay different. All-zero is no id;
// the one word that would give it is replaced.
void renew_span_id(char* at, std::uint64_t key) {
  const std::uint64_t word = scramble(get_big_endian(at) ^ key);
  put_big_endian(at, word == 0 ? 1 : word);
}

void renew_trace_id(char* at, std::uint64_t high_key, std::uint64_t low_key) {
  const std::uint64_t low = scramble(get_big_endian(at + 8) ^ low_key);
  const std::uint64_t high = scramble(get_big_endian(at) ^ low ^ high_key);
  put_big_endian(at, high);
  put_big_endian(at + 8, (high | low) == 0 ? 1 : low);
}

}  // namespace

std::optional<TraceId> Replay::trace_id(std::uint64_t unit) const {
  const std::optional<TraceId>& captured = unit_of(unit).trace_id;
  if (!captured) {
    return std::nullopt;
  }
  std::array<char, sizeof(TraceId)> bytes{};
  std::memcpy(bytes.data(), captured->bytes.data(), bytes.size());
  const RoundKeys keys = keys_of(unit);
  renew_trace_id(bytes.data(), keys.trace_high, keys.trace_low);
  return from_bytes<TraceId>({bytes.data(), bytes.size()});
}

std::unique_ptr<Workspace> Replay::make_workspace() const {
  auto work = std::make_unique<Work>();
  work->sizes.resize(m_groups.size(), 0);
  return work;
}

void Replay::find_runs(const std::vector<Slice>& slices, Work& work) const {
  work.runs.clear();
  for (std::size_t index = 0; index < slices.size(); ++index) {
    const std::size_t first = unit_of(slices[index].unit).first + slices[index].first;
    const std::size_t last = first + slices[index].count;
    for (std::size_t record = first; record < last; ++record) {
      const std::uint32_t group = m_records[record].group;
      if (record == first || work.runs.back().group != group) {
        work.runs.push_back({group, record, record, index});
      }
      work.runs.back().last = record + 1;
    }
  }
  std::stable_sort(work.runs.begin(), work.runs.end(),
                   [](const Run& left, const Run& right) { return left.group < right.group; });
}

// Writes how long each group of the request is, and returns the request's size.
std::size_t Replay::measure(Work& work) const {
  for (const std::uint32_t group : work.groups) {
    work.sizes[group] = 0;
  }
  work.groups.clear();
  const auto add = [&work, this](std::uint32_t group, std::size_t size) {
    if (work.groups.empty() || work.groups.back() != group) {
      work.groups.push_back(group);
      work.sizes[group] = m_groups[group].fields.size();
    }
    work.sizes[group] += size;
  };
  for (const Run& run : work.runs) {
    add(run.group, m_records[run.last].begin - m_records[run.first].begin);
  }
  // Level by level: all records stand equally deep, so a group is whole before its parent is.
  std::size_t total = 0;
  for (std::size_t at = 0; at < work.groups.size(); ++at) {
    const std::uint32_t group = work.groups[at];
    const RecordGroup& said = m_groups[group];
    const std::size_t size =
        varint_size(said.field << 3U) + varint_size(work.sizes[group]) + work.sizes[group];
    if (said.parent == k_no_group) {
      total += size;
    } else {
      add(said.parent, size);
    }
  }
  return total;
}

// Begins the groups that lead to this one and that the one before it was not in.
char* Replay::put_heads(std::uint32_t group, std::uint32_t before, const Work& work,
                        char* at) const {
  std::array<std::uint32_t, k_most_levels> path{};
  std::size_t levels = 0;
  // Parents have lower numbers, and what lies between a parent and its last child is in it.
  for (; group != k_no_group && levels < path.size(); group = m_groups[group].parent) {
    if (before != k_no_group && group <= before) {
      break;
    }
    path[levels++] = group;
  }
  while (levels > 0) {
    const std::uint32_t next = path[--levels];
    at = put_varint(at, m_groups[next].field << 3U | static_cast<unsigned>(WireType::bytes));
    at = put_varint(at, work.sizes[next]);
    at = std::copy(m_groups[next].fields.begin(), m_groups[next].fields.end(), at);
  }
  return at;
}

char* Replay::put_run(const Run& run, const Slice& slice, Anchor anchor, char* at) const {
  const std::size_t begin = m_records[run.first].begin;
  const std::size_t size = m_records[run.last].begin - begin;
  std::memcpy(at, m_bytes.data() + begin, size);
  const Unit& unit = unit_of(slice.unit);
  const RoundKeys keys = keys_of(slice.unit);
  const std::uint64_t from = anchor == Anchor::start ? unit.start : unit.end;
  const std::int64_t meant = slice.time.time_since_epoch().count();
  const std::uint64_t to = meant > 0 ? static_cast<std::uint64_t>(meant) : 1;
  for (std::size_t record = run.first; record < run.last; ++record) {
    char* const bytes = at + (m_records[record].begin - begin);
    for (std::size_t patch = m_records[record].first_patch;
         patch < m_records[record + 1].first_patch; ++patch) {
      char* const place = bytes + m_patches[patch].offset;
      switch (m_patches[patch].kind) {
        case RenewedKind::trace_id:
          renew_trace_id(place, keys.trace_high, keys.trace_low);
          break;
        case RenewedKind::span_id:
          renew_span_id(place, keys.span);
          break;
        case RenewedKind::time:
          put_fixed64(place, moved(get_fixed64(place), from, to));
          break;
      }
    }
  }
  return at + size;
}

std::string_view Replay::encode(const std::vector<Slice>& slices, Anchor anchor,
                                Workspace& workspace) const {
  Work& work = static_cast<Work&>(workspace);
  find_runs(slices, work);
  const std::size_t size = measure(work);
  if (size > work.buffer.size()) {
    work.buffer.resize(size);
  }
  char* at = work.buffer.data();
  std::uint32_t before = k_no_group;
  for (const Run& run : work.runs) {
    at = put_heads(run.group, before, work, at);
    at = put_run(run, slices[run.slice], anchor, at);
    before = run.group;
  }
  return {work.buffer.data(), size};
}

}  // namespace otelctl::synth
