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
  m_generated += records;
}

void Ledger::settle(std::uint64_t records, std::uint64_t bytes, const otlp::ExportOutcome& outcome,
                    nanoseconds latency) {
  assert(records <= in_flight());
  ++m_requests;
  m_retries += static_cast<std::uint64_t>(std::max(outcome.attempts, 1) - 1);
  m_bytes += bytes;
  m_latency.add(latency);
  if (!outcome.delivered) {
    m_failed += records;
    const Error error = outcome.error.value_or(Error{ErrorKind::internal, "not delivered"});
    count_error(name_of(error.kind), error.message, error.hint, records);
    if (std::find(m_failure_kinds.begin(), m_failure_kinds.end(), error.kind) ==
        m_failure_kinds.end()) {
      m_failure_kinds.push_back(error.kind);
    }
    return;
  }
  const std::uint64_t rejected =
      std::min(records, static_cast<std::uint64_t>(std::max<std::int64_t>(outcome.rejected, 0)));
  m_rejected += rejected;
  m_accepted += records - rejected;
  if (rejected > 0) {
    count_error(k_rejected,
                outcome.partial_message.empty() ? "without a reason" : outcome.partial_message, {},
                rejected);
  } else if (!outcome.partial_message.empty()) {
    count_warning(outcome.partial_message);
  }
}

void Ledger::count_error(std::string_view kind, const std::string& message, const std::string& hint,
                         std::uint64_t records) {
  const auto same = [&](std::string_view text) {
    return std::find_if(m_errors.begin(), m_errors.end(), [&](const LedgerError& error) {
      return error.kind == kind && error.message == text;
    });
  };
  auto found = same(message);
  if (found == m_errors.end() && m_errors.size() >= k_max_messages) {
    found = same(k_further);
    if (found == m_errors.end()) {
      found = m_errors.insert(m_errors.end(), {std::string(kind), std::string(k_further), {}, 0});
    }
  } else if (found == m_errors.end()) {
    found = m_errors.insert(m_errors.end(), {std::string(kind), message, hint, 0});
  }
  found->count += records;
}

void Ledger::count_warning(const std::string& message) {
  auto found = std::find_if(m_warnings.begin(), m_warnings.end(),
                            [&](const LedgerWarning& one) { return one.message == message; });
  if (found == m_warnings.end()) {
    const bool is_full = m_warnings.size() >= k_max_messages;
    if (is_full && m_warnings.back().message == k_further) {
      found = std::prev(m_warnings.end());
    } else {
      found = m_warnings.insert(m_warnings.end(), {is_full ? std::string(k_further) : message, 0});
    }
  }
  ++found->count;
}

void Ledger::add_trace(const TraceId& trace) {
  ++m_traces;
  if (m_trace_ids.size() < k_max_trace_ids) {
    m_trace_ids.push_back(trace);
  }
}

void Ledger::note_delay(nanoseconds delay) {
  m_behind = std::max(m_behind, delay);
}

double Ledger::rate_per_second() const {
  return m_elapsed.count() <= 0
             ? 0.0
             : static_cast<double>(m_generated) * 1e9 / static_cast<double>(m_elapsed.count());
}

std::vector<LedgerError> Ledger::errors() const {
  std::vector<LedgerError> sorted = m_errors;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const LedgerError& a, const LedgerError& b) { return a.count > b.count; });
  return sorted;
}

std::optional<ErrorKind> Ledger::verdict() const {
  if (m_accepted == m_generated) {
    return std::nullopt;
  }
  const bool is_one_kind = m_failed == m_generated && m_failure_kinds.size() == 1;
  return is_one_kind ? m_failure_kinds.front() : ErrorKind::failed;
}

}  // namespace otelctl::synth
