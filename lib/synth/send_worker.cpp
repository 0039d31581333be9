// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/send_worker.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "base/duration.hpp"
#include "otlp/retry.hpp"

namespace otelctl::synth {
namespace {

// Nobody wakes an exporter that waits: this often it is asked whether the run is stopped.
constexpr nanoseconds k_longest_wait = std::chrono::milliseconds(50);

otlp::ExportOutcome unanswered_after_stop() {
  return {.error = Error{
              ErrorKind::interrupted,
              "no answer within " + format_duration_exact(k_farewell) + " after the interruption"}};
}

}  // namespace

SendWorker::SendWorker(SendRun& run, std::unique_ptr<otlp::AsyncExporter> exporter, unsigned slots,
                       std::uint64_t jitter_seed)
    : m_run(run), m_exporter(std::move(exporter)), m_jitter(jitter_seed), m_slots(slots) {
  m_free.reserve(slots);
  for (std::uint32_t ticket = slots; ticket > 0; --ticket) {
    m_free.push_back(ticket - 1);
  }
}

void SendWorker::work(std::optional<Batch> first) {
  if (first) {
    m_claimed = m_free.back();
    m_free.pop_back();
    m_slots[*m_claimed].batch = std::move(*first);
    m_slots[*m_claimed].state = State::claimed;
  }
  for (;;) {
    heed_stop();
    claim();
    try_again_what_is_due();
    begin_what_is_due();
    if (is_done()) {
      return;
    }
    if (m_stopped_at && m_run.elapsed() - *m_stopped_at >= k_farewell) {
      give_up_what_is_under_way();
      return;
    }
    if (auto settled = m_exporter->wait(time_to_wait())) {
      take(settled->ticket, std::move(settled->outcome));
    }
  }
}

// What is claimed is dropped, what waits to be tried again has failed.
void SendWorker::heed_stop() {
  if (m_stopped_at || !m_run.is_stopped()) {
    return;
  }
  m_stopped_at = m_run.elapsed();
  m_is_over = true;
  if (m_claimed) {
    release(*std::exchange(m_claimed, std::nullopt));
  }
  for (std::uint32_t ticket = 0; ticket < m_slots.size(); ++ticket) {
    if (m_slots[ticket].state == State::waiting) {
      settle(ticket, m_slots[ticket].last);
    }
  }
}

void SendWorker::claim() {
  if (m_is_over || m_claimed || m_free.empty()) {
    return;
  }
  const std::uint32_t ticket = m_free.back();
  Slot& slot = m_slots[ticket];
  auto batch = m_run.claim(std::move(slot.batch));
  if (!batch) {
    m_is_over = true;
    return;
  }
  m_free.pop_back();
  slot.batch = std::move(*batch);
  slot.state = State::claimed;
  m_claimed = ticket;
}

void SendWorker::begin_what_is_due() {
  if (m_claimed && (!m_run.is_paced() || m_slots[*m_claimed].batch.due <= m_run.elapsed())) {
    begin(*std::exchange(m_claimed, std::nullopt));
  }
}

void SendWorker::begin(std::uint32_t ticket) {
  Slot& slot = m_slots[ticket];
  // A transport may still read the bytes of a request that it has given up.
  if (slot.workspace == nullptr || slot.workspace.use_count() > 1) {
    slot.workspace = m_run.generator().make_workspace();
  } else {
    // Its last reader let go of it in another thread.
    std::atomic_thread_fence(std::memory_order_acquire);
  }
  slot.payload = m_run.generator().encode(slot.batch.slices, m_run.anchor(), *slot.workspace);
  const nanoseconds now = m_run.elapsed();
  slot.intended = m_run.is_paced() ? slot.batch.due : now;
  slot.end = now + m_run.options().timeout;
  slot.attempts = 0;
  m_run.open(slot.batch, now - slot.intended);
  start_attempt(ticket, now);
}

void SendWorker::start_attempt(std::uint32_t ticket, nanoseconds now) {
  Slot& slot = m_slots[ticket];
  slot.state = State::under_way;
  ++slot.attempts;
  m_exporter->start(ticket, m_run.generator().signal(), {slot.workspace, slot.payload},
                    slot.end - now);
}

void SendWorker::try_again_what_is_due() {
  for (std::uint32_t ticket = 0; m_waiting > 0 && ticket < m_slots.size(); ++ticket) {
    Slot& slot = m_slots[ticket];
    const nanoseconds now = m_run.elapsed();
    if (slot.state != State::waiting || slot.retry_at > now) {
      continue;
    }
    if (slot.end <= now) {
      settle(ticket, slot.last);
    } else {
      --m_waiting;
      start_attempt(ticket, now);
    }
  }
}

// An attempt is over: it settles its request, or waits to be tried again.
void SendWorker::take(std::uint32_t ticket, otlp::ExportOutcome outcome) {
  Slot& slot = m_slots[ticket];
  if (m_run.tools().look_at) {
    m_run.tools().look_at(outcome, slot.end - m_run.elapsed());
  }
  outcome.attempts = slot.attempts;
  const nanoseconds now = m_run.elapsed();
  const auto delay = otlp::delay_before_retry(outcome, slot.end - now, m_jitter);
  if (!delay || m_run.is_stopped()) {
    settle(ticket, outcome);
    return;
  }
  slot.state = State::waiting;
  slot.retry_at = now + *delay;
  slot.last = std::move(outcome);
  ++m_waiting;
}

void SendWorker::settle(std::uint32_t ticket, const otlp::ExportOutcome& outcome) {
  Slot& slot = m_slots[ticket];
  if (slot.state == State::waiting) {
    --m_waiting;
  }
  const std::uint64_t bytes =
      outcome.encoded_bytes > 0 ? outcome.encoded_bytes : slot.payload.size();
  m_run.settle(slot.batch, bytes, outcome, m_run.elapsed() - slot.intended);
  release(ticket);
}

void SendWorker::release(std::uint32_t ticket) {
  m_slots[ticket].state = State::free;
  m_free.push_back(ticket);
}

void SendWorker::give_up_what_is_under_way() {
  for (std::uint32_t ticket = 0; ticket < m_slots.size(); ++ticket) {
    Slot& slot = m_slots[ticket];
    if (slot.state == State::under_way) {
      otlp::ExportOutcome outcome = unanswered_after_stop();
      outcome.attempts = slot.attempts;
      settle(ticket, outcome);
    }
  }
}

nanoseconds SendWorker::time_to_wait() const {
  if (!m_is_over && !m_claimed && !m_free.empty()) {
    return nanoseconds{0};
  }
  const nanoseconds now = m_run.elapsed();
  nanoseconds next = now + k_longest_wait;
  if (m_claimed) {
    next = std::min(next, m_slots[*m_claimed].batch.due);
  }
  if (m_stopped_at) {
    next = std::min(next, *m_stopped_at + k_farewell);
  }
  if (m_waiting > 0) {
    for (const Slot& slot : m_slots) {
      if (slot.state == State::waiting) {
        next = std::min(next, slot.retry_at);
      }
    }
  }
  return std::max(next - now, nanoseconds{0});
}

}  // namespace otelctl::synth
