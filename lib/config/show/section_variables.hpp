// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/show/effective_settings.hpp"

namespace otelctl::config {

// What a telemetry section comes to in OTEL_* variables, each with the origin of what it is made
// of. Keys that no variable stands for (Jaeger's agent, instrumentation, logging) are left out.
EffectiveSettings section_variables(const EffectiveSettings& section);

}  // namespace otelctl::config
