// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "base/time.hpp"
#include "otlp/exporter.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// An exporter that looks for the cause when its first attempt gets no answer: the transports call a
// dozen causes "closed the connection". What is found to be wrong for good (the other scheme, the
// other protocol, a client certificate) is not sent again, and has its own kind and hint. Looking
// takes a second at most, once, within the attempt's time.
std::unique_ptr<otlp::Exporter> with_diagnosis(std::unique_ptr<otlp::Exporter> exporter,
                                               const settings::OtlpSettings& settings,
                                               const Clock& clock);

}  // namespace otelctl::probe
