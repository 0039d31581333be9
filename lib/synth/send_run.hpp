// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>

#include "base/time.hpp"
#include "synth/batch_plan.hpp"
#include "synth/generator.hpp"
#include "synth/ledger.hpp"
#include "synth/sender.hpp"

namespace otelctl::synth {

// What the workers of a run share: its schedule and its account. All methods may be called from
// many threads; times count from the beginning of the run.
class SendRun {
 public:
  SendRun(const Generator& generator, const SendOptions& options, const SendTools& tools);

  const Generator& generator() const { return m_generator; }
  const SendOptions& options() const { return m_options; }
  const SendTools& tools() const { return m_tools; }
  Anchor anchor() const { return m_plan.anchor(); }
  bool is_paced() const { return m_options.plan.rate.has_value(); }
  bool is_stopped() const { return m_tools.stop.stop_requested(); }
  nanoseconds elapsed() const { return m_tools.clock.monotonic() - m_begin; }

  // The next request, which is nobody else's; nothing, now and later, when the run is over.
  // `used` is one whose memory may be taken. A request that is claimed and never opened was not
  // generated.
  std::optional<Batch> claim(Batch used);
  // Whether the plan holds no further request.
  bool is_over() const;
  // The request was generated and begins `delay` after its time.
  void open(const Batch& batch, nanoseconds delay);
  // It has come to its end.
  void settle(const Batch& batch, std::uint64_t bytes, const otlp::ExportOutcome& outcome,
              nanoseconds latency);

  SendProgress progress() const;
  // The account of the run that ends now, all of whose requests are settled.
  Ledger finish();

 private:
  const Generator& m_generator;
  const SendOptions& m_options;
  const SendTools& m_tools;
  const nanoseconds m_begin;
  mutable std::mutex m_mutex;  // guards the two below
  BatchPlan m_plan;
  Ledger m_ledger;
};

}  // namespace otelctl::synth
