// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json_writer.hpp"

namespace otelctl::otlp {

using otelctl::append_json_string;

// The shortest digits that read back as the same number; NaN and the infinities as the strings that
// OTLP/JSON has for them.
void append_json_number(std::string& json, double number);

}  // namespace otelctl::otlp
