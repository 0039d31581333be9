// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/ledger.hpp"

#include <algorithm>
#include <cassert>

namespace otelctl::synth {
namespace {

constexpr std::size_t k_max_trace_ids = 10;
// Distinct messages that are kept; servers put request ids into theirs.
constexpr std::size_t k_max_messages = 20;
constexpr std::string_view k_further = "(further messages)";
constexpr std::string_view k_rejected = "rejected";

}  // namespace

void Ledger::open(std::uint64_t records) {
  m_figures.generated += records;
}

void Ledger::settle(std::uint64_t records, std::uint64_t bytes, const otlp::ExportOutcome& outcome,
                    nanoseconds latency) {
  assert(records <= in_flight());
  ++m_figures.requests;
  m_figures.retries += static_cast<std::uint64_t>(std::max(outcome.attempts, 1) - 1);
  m_figures.bytes += bytes;
  m_figures.latency.add(latency);
  if (!outcome.delivered) {
    m_figures.failed += records;
    const Error error = outcome.error.value_or(Error{ErrorKind::internal, "not delivered"});
    count_error(name_of(error.kind), error.message, error.hint, records);
    note_failure(error.kind);
    return;
  }
  const std::uint64_t rejected =
      std::min(records, static_cast<std::uint64_t>(std::max<std::int64_t>(outcome.rejected, 0)));
  m_figures.rejected += rejected;
  m_figures.accepted += records - rejected;
  if (rejected > 0) {
    count_error(k_rejected,
                outcome.partial_message.empty() ? "without a reason" : outcome.partial_message, {},
                rejected);
  } else if (!outcome.partial_message.empty()) {
    count_warning(outcome.partial_message, 1);
  }
}

void Ledger::note_failure(ErrorKind kind) {
  if (std::find(m_failure_kinds.begin(), m_failure_kinds.end(), kind) == m_failure_kinds.end()) {
    m_failure_kinds.push_back(kind);
  }
}

void Ledger::count_error(std::string_view kind, const std::string& message, const std::string& hint,
                         std::uint64_t records) {
  const auto same = [&](std::string_view text) {
    return std::find_if(
        m_figures.errors.begin(), m_figures.errors.end(),
        [&](const LedgerError& error) { return error.kind == kind && error.message == text; });
  };
  auto found = same(message);
  if (found == m_figures.errors.end() && m_figures.errors.size() >= k_max_messages) {
    found = same(k_further);
    if (found == m_figures.errors.end()) {
      found = m_figures.errors.insert(m_figures.errors.end(),
                                      {std::string(kind), std::string(k_further), {}, 0});
    }
  } else if (found == m_figures.errors.end()) {
    found = m_figures.errors.insert(m_figures.errors.end(), {std::string(kind), message, hint, 0});
  }
  found->count += records;
}

void Ledger::count_warning(const std::string& message, std::uint64_t requests) {
  auto found = std::find_if(m_figures.warnings.begin(), m_figures.warnings.end(),
                            [&](const LedgerWarning& one) { return one.message == message; });
  if (found == m_figures.warnings.end()) {
    const bool is_full = m_figures.warnings.size() >= k_max_messages;
    if (is_full && m_figures.warnings.back().message == k_further) {
      found = std::prev(m_figures.warnings.end());
    } else {
      found = m_figures.warnings.insert(m_figures.warnings.end(),
                                        {is_full ? std::string(k_further) : message, 0});
    }
  }
  found->count += requests;
}

void Ledger::add_trace(const TraceId& trace) {
  ++m_traces;
  if (keeps_more_ids()) {
    m_figures.trace_ids.push_back(trace);
  }
}

bool Ledger::keeps_more_ids() const {
  return m_figures.trace_ids.size() < k_max_trace_ids;
}

void Ledger::merge(const Ledger& other) {
  const LedgerFigures& more = other.m_figures;
  m_figures.generated += more.generated;
  m_figures.accepted += more.accepted;
  m_figures.rejected += more.rejected;
  m_figures.failed += more.failed;
  m_figures.requests += more.requests;
  m_figures.retries += more.retries;
  m_figures.bytes += more.bytes;
  m_figures.elapsed = std::max(m_figures.elapsed, more.elapsed);
  m_figures.behind = std::max(m_figures.behind, more.behind);
  m_figures.latency.merge(more.latency);
  for (const LedgerError& error : more.errors) {
    count_error(error.kind, error.message, error.hint, error.count);
  }
  for (const LedgerWarning& warning : more.warnings) {
    count_warning(warning.message, warning.count);
  }
  for (const ErrorKind kind : other.m_failure_kinds) {
    note_failure(kind);
  }
  for (const TraceId& id : more.trace_ids) {
    if (keeps_more_ids()) {
      m_figures.trace_ids.push_back(id);
    }
  }
  m_traces += other.m_traces;
}

void Ledger::note_delay(nanoseconds delay) {
  m_figures.behind = std::max(m_figures.behind, delay);
}

double Ledger::rate_per_second() const {
  return m_figures.elapsed.count() <= 0 ? 0.0
                                        : static_cast<double>(m_figures.generated) * 1e9 /
                                              static_cast<double>(m_figures.elapsed.count());
}

std::vector<LedgerError> Ledger::errors() const {
  std::vector<LedgerError> sorted = m_figures.errors;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const LedgerError& a, const LedgerError& b) { return a.count > b.count; });
  return sorted;
}

double Ledger::loss() const {
  return m_figures.generated == 0 ? 0.0
                                  : static_cast<double>(m_figures.rejected + m_figures.failed) /
                                        static_cast<double>(m_figures.generated);
}

std::optional<ErrorKind> Ledger::verdict() const {
  if (m_figures.accepted == m_figures.generated) {
    return std::nullopt;
  }
  const bool is_one_kind = m_figures.failed == m_figures.generated && m_failure_kinds.size() == 1;
  return is_one_kind ? m_failure_kinds.front() : ErrorKind::failed;
}

}  // namespace otelctl::synth
