// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/yaml_words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::scenario {
std::string yaml_number(double number) {
  if (std::isnan(number)) {
    return ".nan";
  }
  if (std::isinf(number)) {
    return number < 0 ? "-.inf" : ".inf";
  }
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".e") == std::string::npos) {
    text += ".0";
  }
  return text;
}

std::string yaml_value(const synth::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return yaml_text(*text);
  }
  if (const auto* truth = std::get_if<bool>(&value)) {
    return *truth ? "true" : "false";
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return fmt::format("{}", *integer);
  }
  if (const auto* number = std::get_if<double>(&value)) {
    return yaml_number(*number);
  }
  const auto& items = std::get<std::vector<std::string>>(value);
  std::vector<std::string> parts;
  parts.reserve(items.size());
  for (const std::string& item : items) {
    parts.push_back(yaml_text(item));
  }
  return yaml_list(parts);
}

std::string yaml_list(const std::vector<std::string>& parts) {
  return fmt::format("[{}]", join(parts, ", "));
}

}  // namespace otelctl::scenario
