// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/json_text.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace otelctl::otlp {

void append_json_number(std::string& json, double number) {
  if (std::isnan(number)) {
    json += "\"NaN\"";
  } else if (std::isinf(number)) {
    json += number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    fmt::format_to(std::back_inserter(json), "{}", number);
  }
}

}  // namespace otelctl::otlp
