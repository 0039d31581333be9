// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/diagnosis.hpp"

#include <algorithm>
#include <utility>

#include "net/deadline.hpp"
#include "probe/explain.hpp"
#include "probe/reach.hpp"

namespace otelctl::probe {
namespace {

constexpr nanoseconds k_time = std::chrono::seconds(1);
// In less nothing is found but that the time was over.
constexpr nanoseconds k_least_time = std::chrono::milliseconds(20);

}  // namespace

Diagnosis::Diagnosis(settings::OtlpSettings settings, const Clock& clock)
    : m_settings(std::move(settings)), m_clock(clock) {}

void Diagnosis::look_at(otlp::ExportOutcome& outcome, nanoseconds left) {
  // Others that fail meanwhile wait for what is found: it is their cause too.
  const std::lock_guard lock(m_mutex);
  if (outcome.answered && outcome.error && outcome.error->kind == ErrorKind::not_understood) {
    // Not what a receiver of OTLP says: of a port that speaks TLS, say, some requests get such an
    // answer and others a reset, and the cause is the same.
    return;
  }
  if (outcome.delivered || outcome.answered) {
    // The way is right; what fails from now on has no cause that lasts.
    m_has_looked = true;
    m_lasting_cause.reset();
    return;
  }
  if (m_has_looked) {
    if (m_lasting_cause) {
      outcome.retryable = false;
      outcome.error = m_lasting_cause;
    }
    return;
  }
  if (left < k_least_time) {
    return;
  }
  m_has_looked = true;
  auto cause = look(*outcome.error, std::min(left, k_time));
  if (!cause) {
    return;
  }
  // What may pass by itself is still tried again.
  if (cause->kind != ErrorKind::unreachable || !outcome.retryable) {
    outcome.retryable = false;
    m_lasting_cause = cause;
  }
  outcome.error = std::move(cause);
}

std::optional<Error> Diagnosis::look(const Error& error, nanoseconds time) const {
  const net::Deadline deadline(time);
  const Reach way = reach(m_settings, deadline, m_clock);
  return way.error ? way.error : explain_silence(m_settings, way, error, deadline, m_clock).cause;
}

}  // namespace otelctl::probe
