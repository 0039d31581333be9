// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/sender.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "base/random.hpp"
#include "otlp/retry.hpp"

namespace otelctl::synth {
namespace {

class Run {
 public:
  Run(const Generator& generator, otlp::Exporter& exporter, const SendOptions& options,
      const SendTools& tools)
      : m_generator(generator),
        m_exporter(exporter),
        m_options(options),
        m_tools(tools),
        m_begin(tools.clock.monotonic()),
        m_plan(generator, options.plan, tools.clock.now()),
        m_ledger(m_generator.signal(), options.seed) {}

  Ledger send() {
    auto first = claim();
    if (first && m_plan.is_over()) {
      const auto workspace = m_generator.make_workspace();
      SeededRandom jitter(m_options.seed);
      deliver(*first, *workspace, jitter);
    } else if (first) {
      send_on_threads(std::move(*first));
    }
    const auto& duration = m_options.plan.duration;
    if (duration && m_options.plan.rate && since_begin() < *duration) {
      // What was due is sent, but the run was asked to last this long; its rate says how many spans
      // that were in this time.
      m_tools.wait(*duration - since_begin());
    }
    m_ledger.set_elapsed(since_begin());
    return std::move(m_ledger);
  }

 private:
  nanoseconds since_begin() const { return m_tools.clock.monotonic() - m_begin; }

  std::optional<Batch> claim() {
    const std::lock_guard lock(m_mutex);
    const auto& duration = m_options.plan.duration;
    if (m_tools.stop.stop_requested() ||
        (duration && !m_options.plan.rate && since_begin() >= *duration)) {
      return std::nullopt;
    }
    return m_plan.next(m_tools.clock.now());
  }

  void send_on_threads(Batch first) {
    std::vector<std::jthread> threads;
    for (unsigned number = 1; number < m_options.in_flight; ++number) {
      try {
        threads.emplace_back([this, number] {
          SeededRandom jitter(m_options.seed + number);
          work(claim(), jitter);
        });
      } catch (const std::system_error&) {
        // No more threads are to be had: those that run do the work.
        break;
      }
    }
    SeededRandom jitter(m_options.seed);
    work(std::move(first), jitter);
  }

  void work(std::optional<Batch> batch, SeededRandom& jitter) {
    const auto workspace = m_generator.make_workspace();
    while (batch) {
      deliver(*batch, *workspace, jitter);
      batch = claim();
    }
  }

  void deliver(const Batch& batch, Workspace& workspace, SeededRandom& jitter) {
    const bool is_paced = m_options.plan.rate.has_value();
    if (is_paced && since_begin() < batch.due && !m_tools.wait(batch.due - since_begin())) {
      return;
    }
    const nanoseconds begin = since_begin();
    const nanoseconds intended = is_paced ? batch.due : begin;
    const std::string_view payload = m_generator.encode(batch.slices, m_plan.anchor(), workspace);
    open(batch, begin - intended);
    const otlp::ExportOutcome outcome =
        otlp::send_with_retries(m_exporter, m_generator.signal(), payload, m_options.timeout,
                                {m_tools.clock, jitter, m_tools.wait});
    const std::lock_guard lock(m_mutex);
    m_ledger.settle(batch.spans, payload.size(), outcome, since_begin() - intended);
  }

  void open(const Batch& batch, nanoseconds delay) {
    const std::lock_guard lock(m_mutex);
    m_ledger.open(batch.spans);
    m_ledger.note_delay(delay);
    for (const Slice& slice : batch.slices) {
      const auto id = slice.first == 0 ? m_generator.trace_id(slice.unit) : std::nullopt;
      if (id) {
        m_ledger.add_trace(*id);
      }
    }
  }

  const Generator& m_generator;
  otlp::Exporter& m_exporter;
  const SendOptions& m_options;
  const SendTools& m_tools;
  const nanoseconds m_begin;
  std::mutex m_mutex;  // guards the two below
  BatchPlan m_plan;
  Ledger m_ledger;
};

}  // namespace

std::function<bool(nanoseconds)> wait_until_stopped(std::stop_token stop) {
  return [stop = std::move(stop)](nanoseconds time) {
    std::mutex mutex;
    std::condition_variable_any never_rung;
    std::unique_lock lock(mutex);
    never_rung.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
  };
}

Ledger send(const Generator& generator, otlp::Exporter& exporter, const SendOptions& options,
            const SendTools& tools) {
  return Run(generator, exporter, options, tools).send();
}

}  // namespace otelctl::synth
