// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

#include "base/time.hpp"

namespace otelctl {

// Waits that long, or until it is asked to stop; false then.
bool pause(nanoseconds time, const std::stop_token& stop);

}  // namespace otelctl
