// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "smoke/run_smoke.hpp"

namespace otelctl::report {

// `otelctl.smoke/1`. The other formats of a smoke report are those of its probe (report/probe.hpp).
void write_smoke_json(std::ostream& out, const smoke::SmokeReport& report, int exit_code);

}  // namespace otelctl::report
