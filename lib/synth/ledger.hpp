// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "otlp/exporter.hpp"
#include "synth/histogram.hpp"

namespace otelctl::synth {

// Why records did not arrive, and how many.
struct LedgerError {
  std::string kind;  // an ErrorKind's name, or "rejected" for a partial success
  std::string message;
  std::string hint;  // may be empty
  std::uint64_t count = 0;
};

// A partial success that rejected nothing is a warning (OTLP 1.11.0); counted in requests.
struct LedgerWarning {
  std::string message;
  std::uint64_t count = 0;
};

// The account of what was generated and what became of it, in records (spans, data points, log
// records). At every moment generated = accepted + rejected + failed + in flight, and the counts of
// the errors add up to rejected + failed: nothing is lost without a reason.
class Ledger {
 public:
  // `seed` is below 2^53, so that JSON readers that know only doubles keep it.
  Ledger(Signal signal, std::uint64_t seed) : m_signal(signal), m_seed(seed) {}

  // A request was generated: its records are in flight.
  void open(std::uint64_t records);
  // It was answered or given up. `bytes` is its payload before compression; `latency` runs from the
  // time at which it was meant to be sent. A server that claims to have rejected more than it got,
  // or less than nothing, is not believed.
  void settle(std::uint64_t records, std::uint64_t bytes, const otlp::ExportOutcome& outcome,
              nanoseconds latency);
  // The first 10 are kept.
  void add_trace(const TraceId& trace);
  void set_elapsed(nanoseconds elapsed) { m_elapsed = elapsed; }
  // A request began this much after its time.
  void note_delay(nanoseconds delay);

  Signal signal() const { return m_signal; }
  std::uint64_t generated() const { return m_generated; }
  std::uint64_t accepted() const { return m_accepted; }
  std::uint64_t rejected() const { return m_rejected; }
  std::uint64_t failed() const { return m_failed; }
  std::uint64_t in_flight() const { return m_generated - m_accepted - m_rejected - m_failed; }
  std::uint64_t requests() const { return m_requests; }
  std::uint64_t retries() const { return m_retries; }
  std::uint64_t bytes() const { return m_bytes; }
  nanoseconds elapsed() const { return m_elapsed; }
  // Generated records per second of `elapsed`.
  double rate_per_second() const;
  const Histogram& latency() const { return m_latency; }
  // Those with the most records first.
  std::vector<LedgerError> errors() const;
  const std::vector<LedgerWarning>& warnings() const { return m_warnings; }
  const std::vector<TraceId>& trace_ids() const { return m_trace_ids; }
  std::uint64_t traces() const { return m_traces; }
  std::uint64_t seed() const { return m_seed; }
  // How far the run was behind its schedule at worst.
  nanoseconds behind() const { return m_behind; }

  // Nothing when everything was accepted. When nothing was and all failures are of one kind, that
  // kind; else `failed`.
  std::optional<ErrorKind> verdict() const;

 private:
  void count_error(std::string_view kind, const std::string& message, const std::string& hint,
                   std::uint64_t records);
  void count_warning(const std::string& message);

  Signal m_signal;
  std::uint64_t m_seed;
  std::uint64_t m_generated = 0;
  std::uint64_t m_accepted = 0;
  std::uint64_t m_rejected = 0;
  std::uint64_t m_failed = 0;
  std::uint64_t m_requests = 0;
  std::uint64_t m_retries = 0;
  std::uint64_t m_bytes = 0;
  std::uint64_t m_traces = 0;
  nanoseconds m_elapsed{0};
  nanoseconds m_behind{0};
  Histogram m_latency;
  std::vector<LedgerError> m_errors;
  std::vector<ErrorKind> m_failure_kinds;  // distinct
  std::vector<LedgerWarning> m_warnings;
  std::vector<TraceId> m_trace_ids;
};

}  // namespace otelctl::synth
