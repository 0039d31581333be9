// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "server/stats.hpp"

namespace otelctl::server {

// The account of the server as /stats answers it: one object, "otelctl.stats/1".
std::string stats_json(const Stats& stats);

}  // namespace otelctl::server
