// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "config/section/section_schema.hpp"

namespace otelctl::config {

// What a key of the telemetry section is for, in one sentence without a full stop: what editors
// show beside it.
std::string_view description_of(Key key);

// No OpenTelemetry SDK has what it switches on any more.
bool is_deprecated(Key key);

}  // namespace otelctl::config
