// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>

#include "base/time.hpp"
#include "otlp/exporter.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// Looks for the cause when the first attempt gets no answer: the transports call a dozen causes
// "closed the connection". Looking takes a second at most, once. What is found to be wrong for good
// (the other scheme, the other protocol, a client certificate) has its own kind and hint and is not
// sent again; it is the cause of all that fails so until something is answered. May be used from
// many threads.
class Diagnosis {
 public:
  Diagnosis(settings::OtlpSettings settings, const Clock& clock);

  // Sees an attempt's outcome before it is judged, and puts the cause into it. Looks for no longer
  // than `left`, and where that is too short leaves the outcome as it is.
  void look_at(otlp::ExportOutcome& outcome, nanoseconds left);

 private:
  std::optional<Error> look(const Error& error, nanoseconds time) const;

  const settings::OtlpSettings m_settings;
  const Clock& m_clock;
  std::mutex m_mutex;  // guards the two below
  bool m_has_looked = false;
  std::optional<Error> m_lasting_cause = std::nullopt;
};

}  // namespace otelctl::probe
