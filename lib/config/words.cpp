// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "yaml/yaml_text.hpp"

namespace otelctl::config {

std::string shown(std::string_view text, std::string_view key_name) {
  constexpr std::size_t k_longest = 60;
  if (!text.empty() && (is_secret_name(key_name) || looks_secret(text))) {
    return std::string(k_redacted);
  }
  std::size_t length = 0;
  for (std::size_t count = 0; length < text.size() && count < k_longest; ++count) {
    length += first_code_point(text.substr(length)).length;
  }
  const std::string safe = escape_for_terminal(redact_url(text.substr(0, length)));
  return fmt::format("'{}{}'", safe, length < text.size() ? "..." : "");
}

std::string cut_short(std::string text, std::size_t most) {
  constexpr std::string_view k_rest = "...";
  if (text.size() <= most) {
    return text;
  }
  std::size_t length = most - std::min(most, k_rest.size());
  const auto continues = [&] { return (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80; };
  while (length > 0 && continues()) {
    --length;
  }
  text.resize(length);
  return text.append(k_rest);
}

std::string yaml_quoted(std::string_view text) {
  return yaml::quoted_text(text);
}

std::string_view kind_words(const yaml::Node& node) {
  switch (node.kind) {
    case yaml::NodeKind::map:
      return "a map";
    case yaml::NodeKind::sequence:
      return "a list";
    case yaml::NodeKind::null:
      return "null";
    case yaml::NodeKind::scalar:
    case yaml::NodeKind::alias:
      break;
  }
  return "text";
}

std::string number_words(double number) {
  return fmt::format("{:.15g}", number);
}

std::string any_of_words(const std::vector<std::string>& names) {
  std::string words;
  for (std::size_t index = 0; index < names.size(); ++index) {
    words += index == 0 ? "" : index + 1 == names.size() ? " or " : ", ";
    words += names[index];
  }
  return words;
}

std::string choice_words(std::string_view choices) {
  const auto names = split(choices, ' ');
  return any_of_words(std::vector<std::string>(names.begin(), names.end()));
}

}  // namespace otelctl::config
