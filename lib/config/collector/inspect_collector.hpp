// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/inspection.hpp"

namespace otelctl::config {

// Reads the file as configuration of a Collector and has it judged.
void inspect_collector(Inspection& inspection);

}  // namespace otelctl::config
