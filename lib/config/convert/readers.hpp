// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "config/convert/plan.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::convert {

// Each reads one dialect. What has no place in a plan is among its losses. Error kind: settings,
// where there is nothing to read.

// The section of that name.
Result<Plan> read_section_plan(const yaml::Document& document, const std::string& section);
// The OTEL_* variables of a .env file; others are not telemetry's.
Result<Plan> read_environment_plan(std::string_view text);
Result<Plan> read_sdk_plan(const yaml::Document& document);

}  // namespace otelctl::config::convert
