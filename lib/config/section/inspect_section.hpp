// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/inspection.hpp"

namespace otelctl::config {

// Checks the telemetry section of a host file.
void inspect_section(Inspection& inspection);

}  // namespace otelctl::config
