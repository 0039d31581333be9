// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "trace/string_pool.hpp"
#include "trace/value.hpp"

namespace otelctl::trace {

// Attribute values as otelctl prints them in JSON: values of their own type; integers beyond 2^53
// as strings, because many readers of JSON would round them; doubles always with a fraction or an
// exponent, NaN and the infinities as OTLP's strings; bytes as {"base64": ...}; empty as null.
std::string value_json(const StringPool& texts, Value value);
std::string integer_json(std::int64_t number);
std::string real_json(double number);

// The value as an AnyValue of OTLP/JSON: {"intValue":"1"}. Nothing is lost but base64 that is none:
// it is a stringValue then, because readers refuse a whole request over it.
std::string otlp_value_json(const StringPool& texts, Value value);

// The value as one text, as the Collector turns it into one for backends that know only texts
// (pcommon.Value.AsString): bytes in base64, arrays and maps as JSON with integers of any size as
// numbers and bytes in base64, empty as "".
std::string value_text(const StringPool& texts, Value value);

// The same as JSON, so with quotes around texts, and null for empty.
std::string plain_value_json(const StringPool& texts, Value value);

// Standard base64 with padding, whatever the padding was; nothing where the text is no base64.
std::string padded_base64(std::string_view text);

}  // namespace otelctl::trace
