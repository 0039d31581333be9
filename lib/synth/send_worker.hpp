// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "otlp/async_exporter.hpp"
#include "synth/batch_plan.hpp"
#include "synth/generator.hpp"
#include "synth/send_run.hpp"

namespace otelctl::synth {

// One thread of a run: claims requests, sends up to `slots` of them at the same time over its own
// exporter, tries again what may pass, and settles each with the run's account.
class SendWorker {
 public:
  SendWorker(SendRun& run, std::unique_ptr<otlp::AsyncExporter> exporter, unsigned slots,
             std::uint64_t jitter_seed);

  // Works until the run is over. `first` is a request that was claimed already.
  void work(std::optional<Batch> first = std::nullopt);

 private:
  enum class State { free, claimed, under_way, waiting };
  // A request and what it needs; its number is the exporter's ticket.
  struct Slot {
    State state = State::free;
    Batch batch = {};
    std::shared_ptr<Workspace> workspace = nullptr;  // made when it is needed first
    std::string_view payload = {};                   // lies in it
    nanoseconds intended{0};                         // when it was to begin
    nanoseconds end{0};                              // of its timeout
    nanoseconds retry_at{0};
    int attempts = 0;
    otlp::ExportOutcome last = {};  // of the attempt after which it waits
  };

  void heed_stop();
  void claim();
  void begin_what_is_due();
  void begin(std::uint32_t ticket);
  void start_attempt(std::uint32_t ticket, nanoseconds now);
  void try_again_what_is_due();
  void take(std::uint32_t ticket, otlp::ExportOutcome outcome);
  void settle(std::uint32_t ticket, const otlp::ExportOutcome& outcome);
  void release(std::uint32_t ticket);
  void give_up_what_is_under_way();
  nanoseconds time_to_wait() const;
  bool is_done() const { return m_free.size() == m_slots.size() && m_is_over; }

  SendRun& m_run;
  std::unique_ptr<otlp::AsyncExporter> m_exporter;
  SeededRandom m_jitter;
  std::vector<Slot> m_slots;
  std::vector<std::uint32_t> m_free;        // slots that nothing is in
  std::optional<std::uint32_t> m_claimed;   // the slot whose request is not yet begun
  std::size_t m_waiting = 0;                // slots that wait to be tried again
  bool m_is_over = false;                   // nothing further is to be claimed
  std::optional<nanoseconds> m_stopped_at;  // since when the run is stopped
};

}  // namespace otelctl::synth
