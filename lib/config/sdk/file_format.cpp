// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/file_format.hpp"

#include "config/environment/value_check.hpp"
#include "config/sdk/published_schema.hpp"

namespace otelctl::config::sdk {

std::optional<FileFormat> parse_file_format(std::string_view text) {
  const std::string_view numbers = text.substr(0, text.find('-'));
  const std::size_t dot = numbers.find('.');
  if (dot == std::string_view::npos) {
    return std::nullopt;
  }
  const auto major = whole_number(numbers.substr(0, dot));
  const auto minor = whole_number(numbers.substr(dot + 1));
  return major && minor ? std::optional(FileFormat{*major, *minor}) : std::nullopt;
}

bool is_newer(const Model& model) {
  const auto text = model.text(model.root(), "file_format");
  const auto format = text ? parse_file_format(*text) : std::nullopt;
  return format && format->major == k_schema_major && format->minor > k_schema_minor;
}

}  // namespace otelctl::config::sdk
