// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/value_json.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace otelctl::trace {

std::string integer_json(std::int64_t number) {
  constexpr std::int64_t k_exact = std::int64_t{1} << 53;
  const bool is_exact = number >= -k_exact && number <= k_exact;
  return is_exact ? fmt::format("{}", number) : fmt::format("\"{}\"", number);
}

std::string real_json(double number) {
  if (std::isnan(number)) {
    return "\"NaN\"";
  }
  if (std::isinf(number)) {
    return number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  }
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".e") == std::string::npos) {
    text += ".0";
  }
  return text;
}

std::string value_json(const StringPool& texts, Value value) {
  switch (value.type()) {
    case ValueType::empty:
      return "null";
    case ValueType::text:
      return to_json_string(texts[value.text()]);
    case ValueType::boolean:
      return value.boolean() ? "true" : "false";
    case ValueType::integer:
      return integer_json(value.integer());
    case ValueType::real:
      return real_json(value.real());
    case ValueType::bytes:
      return "{\"base64\":" + to_json_string(texts[value.text()]) + "}";
    case ValueType::array:
    case ValueType::map:
      return std::string(texts[value.text()]);
  }
  return "null";
}

}  // namespace otelctl::trace
