// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/file_format.hpp"

#include <charconv>

#include "config/sdk/published_schema.hpp"

namespace otelctl::config::sdk {
namespace {

// The whole of the text as a number without sign.
std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool is_number = !text.empty() && error == std::errc() && stop == end && number >= 0;
  return is_number ? std::optional(number) : std::nullopt;
}

}  // namespace

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
