// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace otelctl::config::collector {

// A duration as Go's time.ParseDuration reads it: "300ms", "-1.5h", "2h45m"; units ns, us, µs, ms,
// s, m and h, no days, no spaces; "0" needs none. Nothing for other text.
std::optional<double> read_go_duration(std::string_view text);  // in seconds

}  // namespace otelctl::config::collector
