// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "trace/string_pool.hpp"
#include "trace/value.hpp"

namespace otelctl::trace {

// Attribute values as otelctl prints them in JSON: values of their own type; integers beyond 2^53
// as strings, because many readers of JSON would round them; doubles always with a fraction or an
// exponent, NaN and the infinities as OTLP's strings; bytes as {"base64": ...}; empty as null.
std::string value_json(const StringPool& texts, Value value);
std::string integer_json(std::int64_t number);
std::string real_json(double number);

}  // namespace otelctl::trace
