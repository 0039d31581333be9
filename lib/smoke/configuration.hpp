// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "config/validate.hpp"
#include "probe/probe_report.hpp"

namespace otelctl::smoke {

// The verdict on what the settings are read from, as the first step of the way.
struct ConfigurationCheck {
  probe::Stage stage;                         // "validate"
  std::optional<Error> error = std::nullopt;  // kind failed, for findings that are errors
};

// Errors and warnings are told in a line each, the first few of them; infos are left to
// `config validate`.
ConfigurationCheck check_configuration(const std::vector<config::FileReport>& reports);

}  // namespace otelctl::smoke
