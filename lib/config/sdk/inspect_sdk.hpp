// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/inspection.hpp"

namespace otelctl::config {

// Reads the file as declarative configuration of an SDK and has it judged.
void inspect_sdk(Inspection& inspection);

}  // namespace otelctl::config
