// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace otelctl::otlp {

// The text with quotes and escapes; malformed UTF-8 becomes U+FFFD.
void append_json_string(std::string& json, std::string_view text);

// The shortest digits that read back as the same number; NaN and the infinities as the strings that
// OTLP/JSON has for them.
void append_json_number(std::string& json, double number);

}  // namespace otelctl::otlp
