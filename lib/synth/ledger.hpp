// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

// The figures of an account, as it is written down.
struct LedgerFigures {
  Signal signal = Signal::traces;
  std::uint64_t seed = 0;
  std::uint64_t generated = 0;
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  std::uint64_t failed = 0;
  std::uint64_t requests = 0;
  std::uint64_t retries = 0;
  std::uint64_t bytes = 0;
  nanoseconds elapsed{0};
  nanoseconds behind{0};
  Histogram latency = {};
  std::vector<LedgerError> errors = {};
  std::vector<LedgerWarning> warnings = {};
  std::vector<TraceId> trace_ids = {};
};

// The account of what was generated and what became of it, in records (spans, data points, log
// records). At every moment generated = accepted + rejected + failed + in flight, and the counts of
// the errors add up to rejected + failed: nothing is lost without a reason.
class Ledger {
 public:
  // `seed` is below 2^53, so that JSON readers that know only doubles keep it.
  Ledger(Signal signal, std::uint64_t seed) : m_figures{.signal = signal, .seed = seed} {}
  // An account that was written down earlier: its figures add up.
  explicit Ledger(LedgerFigures figures) : m_figures(std::move(figures)) {}

  // A request was generated: its records are in flight.
  void open(std::uint64_t records);
  // It was answered or given up. `bytes` is its payload before compression; `latency` runs from the
  // time at which it was meant to be sent. A server that claims to have rejected more than it got,
  // or less than nothing, is not believed.
  void settle(std::uint64_t records, std::uint64_t bytes, const otlp::ExportOutcome& outcome,
              nanoseconds latency);
  // The first 10 are kept.
  void add_trace(const TraceId& trace);
  bool keeps_more_ids() const;
  // Further traces, of which no id is kept.
  void count_traces(std::uint64_t traces) { m_traces += traces; }
  // Adds the account of another part of the same run, as a shard is: counts add up, the longest
  // time is the whole run's.
  void merge(const Ledger& other);
  void set_elapsed(nanoseconds elapsed) { m_figures.elapsed = elapsed; }
  // A request began this much after its time.
  void note_delay(nanoseconds delay);

  Signal signal() const { return m_figures.signal; }
  std::uint64_t generated() const { return m_figures.generated; }
  std::uint64_t accepted() const { return m_figures.accepted; }
  std::uint64_t rejected() const { return m_figures.rejected; }
  std::uint64_t failed() const { return m_figures.failed; }
  std::uint64_t in_flight() const {
    return m_figures.generated - m_figures.accepted - m_figures.rejected - m_figures.failed;
  }
  std::uint64_t requests() const { return m_figures.requests; }
  std::uint64_t retries() const { return m_figures.retries; }
  std::uint64_t bytes() const { return m_figures.bytes; }
  nanoseconds elapsed() const { return m_figures.elapsed; }
  // Generated records per second of `elapsed`.
  double rate_per_second() const;
  const Histogram& latency() const { return m_figures.latency; }
  // Those with the most records first.
  std::vector<LedgerError> errors() const;
  const std::vector<LedgerWarning>& warnings() const { return m_figures.warnings; }
  const std::vector<TraceId>& trace_ids() const { return m_figures.trace_ids; }
  std::uint64_t traces() const { return m_traces; }
  std::uint64_t seed() const { return m_figures.seed; }
  // How far the run was behind its schedule at worst.
  nanoseconds behind() const { return m_figures.behind; }

  // The share of what was generated that did not arrive, from 0 to 1.
  double loss() const;
  // Nothing when everything was accepted. When nothing was and all failures are of one kind, that
  // kind; else `failed`.
  std::optional<ErrorKind> verdict() const;

 private:
  void note_failure(ErrorKind kind);
  void count_error(std::string_view kind, const std::string& message, const std::string& hint,
                   std::uint64_t records);
  void count_warning(const std::string& message, std::uint64_t requests);

  LedgerFigures m_figures;
  std::uint64_t m_traces = 0;
  std::vector<ErrorKind> m_failure_kinds;  // distinct
};

}  // namespace otelctl::synth
