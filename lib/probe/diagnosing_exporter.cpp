// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/diagnosing_exporter.hpp"

#include <atomic>
#include <optional>
#include <utility>

#include "net/deadline.hpp"
#include "probe/explain.hpp"
#include "probe/reach.hpp"

namespace otelctl::probe {
namespace {

constexpr nanoseconds k_time = std::chrono::seconds(1);

class DiagnosingExporter final : public otlp::Exporter {
 public:
  DiagnosingExporter(std::unique_ptr<otlp::Exporter> exporter,
                     const settings::OtlpSettings& settings, const Clock& clock)
      : m_exporter(std::move(exporter)), m_settings(settings), m_clock(clock) {}

  otlp::ExportOutcome send(Signal signal, std::string_view payload, nanoseconds timeout) override {
    const net::Deadline deadline(timeout);
    otlp::ExportOutcome outcome = m_exporter->send(signal, payload, timeout);
    if (outcome.delivered || outcome.answered || m_has_looked.exchange(true)) {
      return outcome;
    }
    if (auto cause = diagnose(*outcome.error, net::Deadline(deadline.at_most(k_time)))) {
      // What may pass by itself is still tried again.
      outcome.retryable = outcome.retryable && cause->kind == ErrorKind::unreachable;
      outcome.error = std::move(cause);
    }
    return outcome;
  }

 private:
  std::optional<Error> diagnose(const Error& error, const net::Deadline& deadline) const {
    const Reach way = reach(m_settings, deadline, m_clock);
    return way.error ? way.error : explain_silence(m_settings, way, error, deadline, m_clock).cause;
  }

  std::unique_ptr<otlp::Exporter> m_exporter;
  settings::OtlpSettings m_settings;
  const Clock& m_clock;
  std::atomic<bool> m_has_looked{false};
};

}  // namespace

std::unique_ptr<otlp::Exporter> with_diagnosis(std::unique_ptr<otlp::Exporter> exporter,
                                               const settings::OtlpSettings& settings,
                                               const Clock& clock) {
  return std::make_unique<DiagnosingExporter>(std::move(exporter), settings, clock);
}

}  // namespace otelctl::probe
