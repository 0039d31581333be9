// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// A file that is replayed. The first byte chooses the signal and where requests are cut, the rest
// is the file.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "synth/captured_records.hpp"
#include "synth/replay.hpp"
#include "tests/fuzz/require.hpp"

using namespace otelctl;
using fuzz::require;

namespace {

constexpr Time k_time{std::chrono::seconds(1787220000)};

// What a request holds, read as a capture is.
std::size_t count_records(Signal signal, std::string_view payload) {
  synth::RecordScanner scanner(signal);
  require(scanner.scan(payload).has_value(), "a request of a replay is a request");
  return scanner.take().records.size();
}

void check_whole(const synth::Replay& replay, synth::Anchor anchor, synth::Workspace& workspace) {
  const std::uint64_t units = replay.default_units();
  require(units > 0, "a replay has units");
  std::vector<synth::Slice> slices;
  for (std::uint64_t unit = 0; unit < units; ++unit) {
    require(replay.size(unit) > 0, "a unit has records");
    slices.push_back({unit, 0, replay.size(unit), k_time});
  }
  const std::size_t size = replay.encode(slices, anchor, workspace).size();
  require(
      count_records(replay.signal(), replay.encode(slices, anchor, workspace)) == replay.records(),
      "a round has all records");
  for (synth::Slice& slice : slices) {
    slice.unit += units;
    require(replay.size(slice.unit) == slice.count, "rounds are alike");
  }
  require(replay.encode(slices, anchor, workspace).size() == size, "rounds are alike");
}

void check_cut(const synth::Replay& replay, std::uint32_t batch, synth::Workspace& workspace) {
  for (std::uint64_t unit = 0; unit < replay.default_units(); ++unit) {
    const std::uint32_t size = replay.size(unit);
    for (std::uint32_t first = 0; first < size; first += batch) {
      const std::uint32_t count = std::min(batch, size - first);
      const auto payload =
          replay.encode({{unit, first, count, k_time}}, synth::Anchor::start, workspace);
      require(count_records(replay.signal(), payload) == count, "a part has its records");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) {
    return 0;
  }
  constexpr std::array k_signals{Signal::traces, Signal::metrics, Signal::logs};
  const Signal signal = k_signals[data[0] % k_signals.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  synth::looks_like_capture(bytes);
  const auto replay = synth::Replay::read(bytes, "capture", signal, {.seed = data[0]});
  if (!replay) {
    fuzz::require_printable(replay.error().message);
    require(!replay.error().hint.empty(), "an error says what to do");
    return 0;
  }
  const auto workspace = replay->make_workspace();
  check_whole(*replay, synth::Anchor::start, *workspace);
  check_whole(*replay, synth::Anchor::end, *workspace);
  check_cut(*replay, 1U + data[0] % 5U, *workspace);
  return 0;
}
